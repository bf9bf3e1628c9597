-- Made after the upload was answered, or as soon as somebody asks for it.
alter table asset
    add column thumbnail_due boolean not null default false;

create index asset_by_thumbnail_due on asset (id) where thumbnail_due;
