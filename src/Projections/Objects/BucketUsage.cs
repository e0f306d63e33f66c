using CasStore.Events.Log;
using Npgsql;
using NpgsqlTypes;

namespace CasStore.Projections.Objects;

/// <summary>Counts what new states add to each bucket's usage: all versions count, delete markers do not.</summary>
internal static class BucketUsage
{
    private const string Add = """
        insert into bucket_usage (bucket_id, objects, bytes)
        select unnest($1::bigint[]), unnest($2::bigint[]), unnest($3::bigint[])
        on conflict (bucket_id) do update
            set objects = bucket_usage.objects + excluded.objects, bytes = bucket_usage.bytes + excluded.bytes
        """;

    /// <summary>Adds the states that are there after the run.</summary>
    public static void Count(IEnumerable<ObjectFold.State> states, NpgsqlBatch batch)
    {
        var buckets = states.GroupBy(state => state.BucketId).Select(bucket => (
            Id: bucket.Key,
            Objects: bucket.LongCount(IsCounted),
            Bytes: bucket.Where(IsCounted).Sum(state => state.Created!.Content.Size))).ToList();
        if (buckets.Count == 0)
            return;
        batch.Add(Add)
            .Add(NpgsqlDbType.Bigint, buckets.Select(bucket => bucket.Id).ToArray())
            .Add(NpgsqlDbType.Bigint, buckets.Select(bucket => bucket.Objects).ToArray())
            .Add(NpgsqlDbType.Bigint, buckets.Select(bucket => bucket.Bytes).ToArray());
    }

    private static bool IsCounted(ObjectFold.State state) => state is { To: null, Created: not null };
}
