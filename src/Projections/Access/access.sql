create table users (
    user_id      text collate "C" not null primary key,
    name         text collate "C" not null unique,
    display_name text not null,
    email        text
);

create table access_keys (
    access_key    text collate "C" not null primary key,
    user_id       text collate "C" not null,
    is_active     boolean not null,
    sealed_secret bytea not null,
    created_at    timestamptz not null,
    from_position bigint not null
);
create index access_keys_by_user on access_keys (user_id, from_position);
