-- UUIDs of version 7 sort by creation, so "newest first" is a walk down the primary key.
create table client (
    id               uuid        primary key default uuidv7(),
    name             text        not null check (char_length(name) between 1 and 255),
    description      text,
    homepage         text,
    brand_guidelines text,
    metadata         jsonb       not null default '{}',
    inserted_at      timestamptz not null default now(),
    updated_at       timestamptz not null default now()
);

create table campaign (
    id          uuid        primary key default uuidv7(),
    client_id   uuid        not null references client,
    name        text        not null check (char_length(name) between 1 and 255),
    -- json, not jsonb: a structured brief is kept as its author wrote it.
    brief       json,
    goal        text,
    status      text        not null default 'active',
    product_url text,
    metadata    jsonb       not null default '{}',
    inserted_at timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    unique (id, client_id)
);

create index campaign_by_client on campaign (client_id, id desc);

create table asset (
    id           uuid        primary key default uuidv7(),
    type         text        not null check (type in ('image', 'video', 'audio')),
    name         text        not null check (char_length(name) between 1 and 255),
    description  text,
    tags         text[]      not null default '{}',
    client_id    uuid        references client on delete set null,
    campaign_id  uuid,
    source_url   text,
    width        integer     check (width > 0),
    height       integer     check (height > 0),
    duration     numeric(12, 3),
    size         bigint      not null check (size > 0),
    content_type text        not null,
    sha256       text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
    object       text        not null,
    metadata     jsonb       not null default '{}',
    inserted_at  timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    -- Hidden at once; the object is needed by the films that use it and goes later.
    deleted_at   timestamptz,
    constraint asset_has_an_owner check (campaign_id is not null or client_id is not null or deleted_at is not null),
    -- A campaign's asset belongs to the campaign's client, and stays with that client when the campaign goes.
    constraint asset_campaign_is_of_its_client foreign key (campaign_id, client_id)
        references campaign (id, client_id) on update cascade on delete set null (campaign_id)
);

create index asset_by_campaign on asset (campaign_id, id desc) where deleted_at is null;
create index asset_by_client on asset (client_id, id desc) where deleted_at is null;
create index asset_by_tag on asset using gin (tags) where deleted_at is null;
create index asset_by_object on asset (object);
