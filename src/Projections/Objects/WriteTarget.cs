using CasStore.Events.Log;
using CasStore.Projections.Buckets;
using CasStore.Projections.Engine;
using Npgsql;
using NpgsqlTypes;

namespace CasStore.Projections.Objects;

/// <summary>Where an object is to be written: the bucket, and what deciding the write needs to know.</summary>
/// <param name="Bucket">The bucket that has the name.</param>
/// <param name="State">What deciding needs, as of the same moment.</param>
public sealed record WriteTarget(Bucket Bucket, EarlyState State)
{
    // One statement, so that all of it is as of one moment. The stream's name is as StreamName.Object makes it.
    private const string Find = $"""
        select bucket.*, wanted.key, coalesce((
            select stream_version from events
            where events.stream = 'object/' || bucket.bucket_id || '/' || wanted.key
            order by stream_version desc limit 1), 0),
            coalesce((select last_position from batches order by last_position desc limit 1), 0), clock_timestamp()
        from (select unnest($1::text[]) as bucket, unnest($2::text[]) as key) as wanted
        cross join lateral (
            select {BucketQueries.Columns} from buckets where buckets.name = wanted.bucket limit 1
        ) as bucket
        """;

    internal static BatchedLookup<ObjectName, WriteTarget> Lookup(LookupQueue lookups) => new(
        lookups,
        Find,
        (wanted, command) => command
            .Add(NpgsqlDbType.Text, wanted.Select(name => name.Bucket).ToArray())
            .Add(NpgsqlDbType.Text, wanted.Select(name => name.Key).ToArray()),
        row => new ObjectName(row.GetString(1), row.GetString(11)),
        Read);

    private static WriteTarget Read(NpgsqlDataReader row)
    {
        var bucket = BucketQueries.Read(row);
        return new WriteTarget(bucket, new EarlyState(
            row.GetInt64(13),
            row.GetDateTime(14),
            new BucketSettings(
                bucket.Id, bucket.Versioning, bucket.ObjectLock, bucket.DefaultRetention, s_configurationsUntold),
            StreamName.Object(bucket.Id, row.GetString(11)),
            row.GetInt64(12)));
    }

    private static readonly HashSet<string> s_configurationsUntold = [];
}
