-- One row per state that a key was ever in; the live one has no end. Positions make every past moment readable.
create table objects (
    bucket_id          bigint not null,
    key                text collate "C" not null,
    from_position      bigint not null,
    to_position        bigint,
    owner              text not null,
    last_modified      timestamptz not null,
    size               bigint not null,
    etag               text not null,
    extents            bytea not null,
    parts              bytea,
    metadata           bytea not null,
    storage_class      text,
    checksum_algorithm text,
    checksum_type      text,
    checksum_value     text,
    primary key (bucket_id, key, from_position)
);
create unique index objects_live on objects (bucket_id, key) where to_position is null;
