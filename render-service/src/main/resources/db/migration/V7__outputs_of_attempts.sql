-- Where the provider keeps what an attempt made: an earlier one may succeed after its take went on without it.
alter table attempt add column output text;

create index take_being_fetched on take (changed_at) where state = 'fetching';
