-- A projection of job.events, where the gateway is the owner. Every column only grows.
create table job (
    id          bigint         primary key,
    client_id   uuid           not null,
    campaign_id uuid           not null,
    spent       numeric(14, 4) not null,
    filmed      boolean        not null,
    -- Its films are gone; what it spent stays spent.
    deleted     boolean        not null
);

create index job_by_client on job (client_id);
create index job_by_campaign on job (campaign_id);

-- What must not go while a job may still need it.
create table asset_use (
    asset_id uuid   not null,
    job_id   bigint not null references job,
    primary key (asset_id, job_id)
);

create index asset_use_by_job on asset_use (job_id);

create index asset_deleted on asset (deleted_at) where deleted_at is not null;

-- Objects that nothing referred to when a sweep came by. Who keeps the same bytes again takes the mark off first; what
-- still bears it at a later sweep goes.
create table doomed_object (
    object text        primary key,
    sha256 text        not null,
    since  timestamptz not null default now()
);

create index doomed_object_by_sha256 on doomed_object (sha256);
