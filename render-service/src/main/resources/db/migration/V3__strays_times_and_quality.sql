-- How long the provider says that a prediction took.
alter table attempt add column took_ms bigint;

-- What was seen of a clip on its arrival.
alter table take add column quality jsonb;

-- A prediction that turned up after its take had gone on without it takes a slot, too, until it is stopped.
drop index attempt_in_flight;

create index attempt_in_flight on attempt (account) where stage in ('submitting', 'unknown', 'running', 'stray');
