-- Multipart uploads; ended ones are kept so that a repeated completion gets the same answer.
create table uploads (
    upload_id          text collate "C" not null primary key,
    bucket_id          bigint not null,
    key                text collate "C" not null,
    initiator          text not null,
    started_at         timestamptz not null,
    from_position      bigint not null,
    to_position        bigint,
    metadata           bytea not null,
    checksum_algorithm text,
    checksum_type      text,
    completed_etag     text
);
create index uploads_open on uploads (bucket_id, key, from_position) where to_position is null;

create table upload_parts (
    upload_id     text collate "C" not null,
    part_number   integer not null,
    size          bigint not null,
    etag          text not null,
    last_modified timestamptz not null,
    extents       bytea not null,
    checksum_algorithm text,
    checksum_type      text,
    checksum_value     text,
    primary key (upload_id, part_number)
);
