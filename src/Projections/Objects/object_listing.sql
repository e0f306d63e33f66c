-- What a listing shows lies in the index too. Rows lie in the order in which they were put: a page of names that came
-- in no order would read a page of the table for each of them.
drop index objects_live;
create unique index objects_live on objects (bucket_id, key)
    include (size, etag, last_modified, storage_class, checksum_algorithm, checksum_type)
    where to_position is null and superseded_position is null and not is_delete_marker;
