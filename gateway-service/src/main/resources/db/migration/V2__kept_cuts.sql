-- Every cut that has ended: what it was made of, what was rendered for it, and its film. A person can return to each.
create table job_cut (
    job_id   integer     not null references job on delete cascade,
    number   integer     not null,
    cut      json        not null, -- json, not jsonb: never searched, and jsonb refuses \u0000
    ended_at timestamptz not null default now(),
    primary key (job_id, number)
);

create index job_cut_by_age on job_cut (ended_at);

-- Which job a scene belongs to, so that somebody who takes it for another job's can be told.
create table job_scene (
    scene_id uuid    primary key,
    job_id   integer not null references job on delete cascade
);

create index job_scene_by_job on job_scene (job_id);

-- A cut knows what it was made of; until now, that was the job's own storyboard.
update job
set state = (
    select json_object_agg(key, case key when 'cut' then (
        select json_object_agg(inner_key, inner_value)
        from (
            select key, value from json_each(job.state -> 'cut')
            union all
            select 'storyboard', job.state -> 'storyboard'
        ) as parts (inner_key, inner_value)) else value end)
    from json_each(job.state))
where json_typeof(state -> 'cut') = 'object' and json_typeof(state -> 'storyboard') = 'object';

insert into job_cut (job_id, number, cut, ended_at)
select id, (state -> 'cut' ->> 'number')::integer, state -> 'cut', updated_at
from job
where json_typeof(state -> 'cut') = 'object'
  and (status in ('failed', 'canceled')
       or status = 'completed' and revision = (state -> 'cut' ->> 'number')::integer);

insert into job_scene (scene_id, job_id)
select (scene ->> 'id')::uuid, job.id
from job, json_array_elements(job.state -> 'storyboard' -> 'scenes') as scene
where json_typeof(job.state -> 'storyboard') = 'object'
on conflict do nothing;
