-- How many object states and upload parts name a blob. Garbage collection starts where this is zero.
create table blob_references (
    digest        bytea not null primary key,
    "references"  bigint not null,
    from_position bigint not null
) with (fillfactor = 80);
create index blob_references_none on blob_references (from_position) where "references" = 0;

-- The digests in a list of extents (48 bytes each: digest, offset, length), each once.
create function extent_digests(extents bytea) returns setof bytea language sql immutable parallel safe as $$
    select distinct substring(extents from 1 + 48 * n for 32)
    from generate_series(0, length(extents) / 48 - 1) as n
$$;
