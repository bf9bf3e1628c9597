-- Every pipeline configuration there was; the newest applies to the next job. Jobs carry the one that they were made with.
create table pipeline_configuration (
    version     bigint      primary key,
    steps       json        not null, -- all of them, as the REST API names them
    changed_by  text        not null, -- name of the API key
    inserted_at timestamptz not null default now()
);
