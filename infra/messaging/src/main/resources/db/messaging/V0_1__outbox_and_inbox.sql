-- Named as Debezium's outbox event router names them, so that change data capture can replace the relay.
create table outbox (
    seq           bigint generated always as identity primary key,
    id            uuid        not null default uuidv7(),
    aggregatetype text        not null, -- the topic
    aggregateid   text        not null, -- the record's key
    type          text        not null, -- ce_type
    payload       json        not null, -- json, not jsonb: kept as written, and jsonb refuses \u0000
    headers       json        not null,
    created_at    timestamptz not null default now()
);

-- The relay reads from the low end of the primary key, where it has just deleted: without frequent vacuuming it would
-- walk over the dead rows each time.
alter table outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

create table inbox (
    message_id  uuid        primary key,
    received_at timestamptz not null default now()
);

-- Rows arrive in order of time, and only the sweep looks for them by it.
create index inbox_received_at on inbox using brin (received_at);
