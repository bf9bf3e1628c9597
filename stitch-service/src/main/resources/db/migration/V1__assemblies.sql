-- One row a cut, whatever came first: its plan, a fact about one of its takes, or its withdrawal.
create table assembly (
    job_id     bigint      not null,
    cut        int         not null check (cut > 0),
    phase      text        not null check (phase in
        ('unplanned', 'gathering', 'ready', 'cutting', 'published', 'failed', 'halted', 'withdrawn')),
    document   jsonb       not null,
    origin     jsonb       not null default '{}',
    changed_at timestamptz not null default now(),
    primary key (job_id, cut)
);

-- Which cuts use, or are about to use, which object; written before the object is. An object without a claim goes.
create table object_claim (
    name   text   not null,
    job_id bigint not null,
    cut    int    not null,
    primary key (name, job_id, cut)
);
create index object_claim_of_cut on object_claim (job_id, cut);
