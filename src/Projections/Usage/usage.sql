-- What a bucket holds, kept exact in the append's own transaction.
create table bucket_usage (
    bucket_id bigint not null primary key,
    objects   bigint not null,
    bytes     bigint not null
) with (fillfactor = 50);
