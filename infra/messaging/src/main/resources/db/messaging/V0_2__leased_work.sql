create table leased_work (
    queue        text        not null,
    key          text        not null,
    due_at       timestamptz not null, -- when it may be taken; a lease and each of its heartbeats push it ahead
    again_at     timestamptz,          -- scheduled again while it was leased: due then, whatever the work ends with
    owner        text,                 -- null while nobody works on it
    epoch        bigint      not null default 0,
    heartbeat_at timestamptz,
    attempts     integer     not null default 0,
    created_at   timestamptz not null default now(),
    primary key (queue, key)
);

create index leased_work_due on leased_work (queue, due_at);
