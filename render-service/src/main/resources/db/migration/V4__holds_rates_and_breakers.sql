-- Why the account submits nothing, and a rate below the usual that the provider told us.
alter table account
    add column held            text,
    add column held_because    text,
    add column held_since      timestamptz,
    add column slow_per_minute integer,
    add column slow_until      timestamptz;

-- Models that failed since they last succeeded.
create table breaker (
    account    text    not null,
    model      text    not null,
    failures   integer not null default 0,
    openings   integer not null default 0,
    open_until timestamptz,
    primary key (account, model)
);

-- The queue is read job by job, so that no job starves another.
drop index take_queue;

create index take_queue on take (account, job_id, place) where state = 'queued';
