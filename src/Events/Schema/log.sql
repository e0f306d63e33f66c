-- The log: append-only, gapless, totally ordered. Nothing updates or deletes an event.
create table events (
    position       bigint not null primary key,
    stream         text collate "C" not null,
    stream_version bigint not null,
    event_type     text not null,
    schema_version integer not null,
    event_id       uuid not null,
    command_id     uuid not null,
    actor          text not null,
    source_address text,
    occurred_at    timestamptz not null,
    payload        bytea,
    salt           bytea,
    digest         bytea not null
) partition by range (position);

create index events_by_stream on events (stream, stream_version);

-- One row per append transaction. Its newest row is the head of the log; its times map moments to positions.
create table batches (
    last_position  bigint not null primary key,
    first_position bigint not null,
    recorded_at    timestamptz not null
);
create index batches_by_time on batches (recorded_at, last_position);

-- How far each asynchronous subscription has read.
create table subscriptions (
    name     text not null primary key,
    position bigint not null
);

-- Partitions are made before they are needed: an insert never waits for one.
create function ensure_event_partitions(head bigint) returns void language plpgsql as $$
declare
    width constant bigint := 10000000;
    first bigint := head / width;
begin
    for n in first .. first + 1 loop
        if to_regclass(format('%I.events_%s', current_schema(), n)) is null then
            execute format('create table events_%s partition of events for values from (%s) to (%s)',
                n, n * width, (n + 1) * width);
        end if;
    end loop;
end $$;
select ensure_event_partitions(0);

-- For people with psql.
create view events_readable as
    select position, stream, stream_version, event_type, schema_version, event_id, command_id, actor, source_address,
           occurred_at, convert_from(payload, 'UTF8')::jsonb as payload, encode(digest, 'hex') as digest
    from events;
