-- Commits together with the effect it stands for: a key that is there has been carried out.
create table idempotency_key (
    key_name    text        not null,
    key         text        not null,
    fingerprint text        not null,
    resource_id text        not null,
    status      smallint    not null,
    created_at  timestamptz not null default now(),
    primary key (key_name, key)
);

create index idempotency_key_by_age on idempotency_key (created_at);
