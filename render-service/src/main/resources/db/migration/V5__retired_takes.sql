-- Takes whose file nobody returns to any more: removed from the store, or kept for another take with the same bytes.
create table retired_take (
    take_id    uuid primary key references take,
    retired_at timestamptz not null default now()
);

create index take_by_object on take (object) where object is not null;
