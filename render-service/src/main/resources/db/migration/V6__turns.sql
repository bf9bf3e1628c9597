-- A take's turn is given when it enters, so that the next ones are found without a look at all that wait.
alter table take add column turn bigint not null default 0;

update take set turn = waiting.nth
  from (select take_id, row_number() over (partition by job_id order by place) as nth
          from take where state = 'queued') waiting
 where take.take_id = waiting.take_id;

drop index take_queue;

create index take_queue on take (account, turn, place) where state = 'queued';
