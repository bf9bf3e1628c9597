-- What happened to each job, as clients read it. Written in the job's own transaction, under its lock, so that the ids of
-- one job have neither gaps nor another order than its changes. Goes with its job.
create table timeline (
    job_id      integer     not null references job (id) on delete cascade,
    id          integer     not null, -- counts from 1 within the job
    type        text        not null,
    occurred_at timestamptz not null,
    source      text        not null,
    scene_id    uuid,
    data        json        not null,
    primary key (job_id, id)
);
