alter table asset
    add column thumbnail      text,
    add column thumbnail_size bigint check (thumbnail_size > 0),
    add constraint asset_thumbnail_is_whole check ((thumbnail is null) = (thumbnail_size is null));

create index asset_by_thumbnail on asset (thumbnail) where thumbnail is not null;
