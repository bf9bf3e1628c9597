-- Where a client is told of those of its jobs that name no address themselves.
create table webhook_receiver (
    client_id  uuid        primary key,
    url        text        not null,
    gone_at    timestamptz, -- when it answered 410: it is told nothing more until it is set again
    updated_at timestamptz not null default now()
);

-- What deliveries to a client's receivers are signed with. As they are: they have to be read to sign.
create table webhook_secret (
    id          uuid        primary key default uuidv7(),
    client_id   uuid        not null,
    secret      text        not null,
    valid_until timestamptz, -- null for the newest, which has no end yet
    made_at     timestamptz not null default now()
);

create unique index webhook_secret_newest on webhook_secret (client_id) where valid_until is null;
create index webhook_secret_of_client on webhook_secret (client_id);

create table webhook_delivery (
    id          uuid        primary key, -- the webhook-id, the same on every try
    job_id      integer     not null,
    client_id   uuid        not null,
    type        text        not null,
    url         text        not null,
    receiver    text        not null,    -- sha256 of the address: the key of the work that serves it
    body        text        not null,    -- as it is signed
    status      text        not null default 'pending',
    tries       integer     not null default 0, -- since it was last asked for
    attempts    jsonb       not null default '[]',
    due_at      timestamptz,             -- when it is tried next; null once it is not
    give_up_at  timestamptz not null,
    inserted_at timestamptz not null default now(),
    updated_at  timestamptz not null default now()
);

create index webhook_delivery_due on webhook_delivery (receiver, due_at) where due_at is not null;
create index webhook_delivery_by_job on webhook_delivery (job_id, id);
create index webhook_delivery_inserted_at on webhook_delivery using brin (inserted_at);
