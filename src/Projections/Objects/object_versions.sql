-- Versions. A row is one state of one version: superseded when the key got a newer version, ended when the version was
-- deleted, replaced or changed. Rows that have not ended are of three kinds, each with an index of its own: the newest
-- version of a key, if it is an object (objects_live) or a delete marker (objects_markers), and the older ones.
alter table objects
    add version_position    bigint not null default 0,
    add is_null_version     boolean not null default true,
    add is_delete_marker    boolean not null default false,
    add superseded_position bigint,
    add tags                bytea,
    add acl                 text,
    add retention_mode      text,
    add retain_until        timestamptz,
    add legal_hold          boolean;

update objects set version_position = from_position, superseded_position = to_position;

alter table objects
    alter version_position drop default,
    alter is_null_version drop default,
    alter is_delete_marker drop default;

drop index objects_live;
create unique index objects_live on objects (bucket_id, key)
    where to_position is null and superseded_position is null and not is_delete_marker;
create unique index objects_markers on objects (bucket_id, key)
    where to_position is null and superseded_position is null and is_delete_marker;
create index objects_noncurrent on objects (bucket_id, key, version_position desc)
    where to_position is null and superseded_position is not null;
create index objects_noncurrent_null on objects (bucket_id, key)
    where to_position is null and superseded_position is not null and is_null_version;

alter table uploads
    add owner          text,
    add tags           bytea,
    add acl            text,
    add retention_mode text,
    add retain_until   timestamptz,
    add legal_hold     boolean;
