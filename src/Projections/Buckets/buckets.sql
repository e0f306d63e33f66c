-- The buckets that exist.
create table buckets (
    bucket_id  bigint not null primary key,
    name       text collate "C" not null unique,
    owner      text collate "C" not null,
    region     text not null,
    created_at timestamptz not null
);
create index buckets_by_owner on buckets (owner, name);
