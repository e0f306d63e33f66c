-- How a bucket is set up. A reader that has the configurations as of configured_at has them as they are.
alter table buckets
    add versioning              text not null default 'Off',
    add object_lock             boolean not null default false,
    add default_retention_mode  text,
    add default_retention_days  integer,
    add default_retention_years integer,
    add configured_at           bigint not null default 0;

create table bucket_configurations (
    bucket_id bigint not null,
    name      text collate "C" not null,
    document  text not null,
    primary key (bucket_id, name)
);
