-- Who pays, and whether the provider asked us to pause.
create table account (
    name           text primary key,
    paused_until   timestamptz,
    paused_because text
);

-- A cut that was requested, or withdrawn before its request arrived.
create table cut (
    job_id       bigint  not null,
    cut          integer not null,
    account      text,
    max_cost     numeric(12, 4),
    withdrawn    text,
    requested_at timestamptz,
    closed_at    timestamptz,
    request_id   text,
    traceparent  text,
    causation_id uuid,
    primary key (job_id, cut)
);

-- One paid input; its place is its turn in the account's queue.
create table take (
    take_id      uuid primary key,
    place        bigint generated always as identity,
    job_id       bigint      not null,
    first_cut    integer     not null,
    account      text        not null,
    input        jsonb       not null,
    state        text        not null default 'queued',
    unwanted     boolean     not null default false,
    output       text,
    object       text,
    content_type text,
    size         bigint,
    reason       text,
    message      text,
    due_at       timestamptz not null default now(),
    requested_at timestamptz not null default now(),
    changed_at   timestamptz not null default now()
);

create index take_queue on take (account, place) where state = 'queued';
create index take_of_job on take (job_id);

-- Which cuts ask for a take, and what each was told of its end.
create table cut_take (
    job_id   bigint  not null,
    cut      integer not null,
    take_id  uuid    not null references take,
    scene_id uuid,
    required boolean not null,
    outcome  text,
    primary key (job_id, cut, take_id)
);

create index cut_take_of_take on cut_take (take_id);

-- Each submission of a take, written before it is sent.
create table attempt (
    token         uuid primary key,
    take_id       uuid           not null references take,
    account       text           not null,
    number        integer        not null,
    model         text           not null,
    price         numeric(12, 4) not null,
    cost          numeric(12, 4) not null,
    begun_at      timestamptz    not null,
    reason        text,
    stage         text           not null,
    prediction_id text unique,
    symptom       text,
    message       text,
    sweeps        integer        not null,
    epoch         bigint,
    trace         jsonb,
    trace_hash    text,
    changed_at    timestamptz    not null default now(),
    unique (take_id, number)
);

create index attempt_in_flight on attempt (account) where stage in ('submitting', 'unknown', 'running');

-- Webhooks that were handled.
create table webhook (
    id          text primary key,
    received_at timestamptz not null default now()
);

create index webhook_received_at on webhook (received_at);

-- The pace of submissions and of reads, for all replicas together.
create table rate_bucket (
    id         bigint primary key,
    state      bytea,
    expires_at bigint
);
