-- A rendition is one more film of a cut; the cut's own film has the rendition 0.
alter table assembly add column rendition uuid not null default '00000000-0000-0000-0000-000000000000';
alter table assembly drop constraint assembly_pkey;
alter table assembly add primary key (job_id, cut, rendition);
-- When the last take had come.
alter table assembly add column ready_at timestamptz;

alter table object_claim add column rendition uuid not null default '00000000-0000-0000-0000-000000000000';
alter table object_claim drop constraint object_claim_pkey;
alter table object_claim add primary key (name, job_id, cut, rendition);

-- What was made of a clip to go into films; it goes with the first of its objects.
create table reel (
    key      text   primary key,
    names    text[] not null,
    document jsonb  not null
);
create index reel_names on reel using gin (names);

-- Which clips of which cuts were shown to the job's owner.
create table clip_shown (
    job_id  bigint not null,
    cut     int    not null,
    take_id uuid   not null,
    primary key (job_id, cut, take_id)
);
