using System.Text;
using System.Text.Json;
using Npgsql;

namespace CasStore.Tests.Integration.Harness;

/// <summary>An event as the database holds it.</summary>
internal sealed record LoggedEvent(
    long Position, string Stream, long StreamVersion, string Type, Guid CommandId, string Actor,
    string? SourceAddress, DateTime OccurredAt, JsonElement Payload, int SaltLength, int DigestLength);

/// <summary>An object as the log tells it.</summary>
internal sealed record FoldedObject(long Position, string ETag, long Size);

/// <summary>The log, read past the product's own reader.</summary>
internal static class EventLog
{
    private const string Columns =
        "position, stream, stream_version, event_type, command_id, actor, source_address, occurred_at, payload, " +
        "coalesce(length(salt), 0), length(digest)";

    /// <summary>Every event, in one snapshot.</summary>
    public static async Task<IReadOnlyList<LoggedEvent>> ReadAsync(ServerProcess server)
    {
        await using var connection = await server.OpenDatabaseAsync();
        await using var select = new NpgsqlCommand(
            $"select {Columns} from casstore.events order by position", connection);
        await using var reader = await select.ExecuteReaderAsync();
        var events = new List<LoggedEvent>();
        while (await reader.ReadAsync())
        {
            events.Add(new LoggedEvent(
                reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2), reader.GetString(3), reader.GetGuid(4),
                reader.GetString(5), reader.GetValue(6) as string, reader.GetDateTime(7),
                JsonDocument.Parse((byte[])reader.GetValue(8)).RootElement, reader.GetInt32(9),
                reader.GetInt32(10)));
        }
        return events;
    }

    /// <summary>Fails unless positions run from 1 without a gap, and versions do so within each stream.</summary>
    public static void ShouldBeGapless(this IReadOnlyList<LoggedEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
            events[i].Position.ShouldBe(i + 1, "positions are contiguous from 1");
        foreach (var stream in events.GroupBy(e => e.Stream, StringComparer.Ordinal))
        {
            var first = stream.First().StreamVersion;
            first.ShouldBeInRange(0, 1, $"the first version of {stream.Key}");
            stream.Select(e => e.StreamVersion - first)
                .ShouldBe(Enumerable.Range(0, stream.Count()).Select(n => (long)n), $"versions of {stream.Key}");
        }
        events.Zip(events.Skip(1)).ShouldAllBe(pair => pair.First.OccurredAt <= pair.Second.OccurredAt);
    }

    /// <summary>
    /// The live objects of a bucket that was never versioned, computed from the events alone, in byte order of the
    /// keys.
    /// </summary>
    public static SortedDictionary<string, FoldedObject> Fold(this IEnumerable<LoggedEvent> events, string bucket)
    {
        var objects = new SortedDictionary<string, FoldedObject>(Utf8Order.Instance);
        long? bucketId = null;
        foreach (var e in events)
        {
            switch (e.Type)
            {
                case "BucketCreated" when e.Payload.GetProperty("name").GetString() == bucket:
                    bucketId = e.Payload.GetProperty("bucketId").GetInt64();
                    break;
                case "BucketDeleted" when e.Payload.GetProperty("name").GetString() == bucket:
                    objects.ShouldBeEmpty("a bucket is deleted only when it is empty");
                    bucketId = null;
                    break;
                case "ObjectCreated" when e.Payload.GetProperty("bucketId").GetInt64() == bucketId:
                    var content = e.Payload.GetProperty("content");
                    objects[e.Payload.GetProperty("key").GetString()!] = new FoldedObject(
                        e.Position, content.GetProperty("eTag").GetString()!, content.GetProperty("size").GetInt64());
                    break;
                case "ObjectDeleted" when e.Payload.GetProperty("bucketId").GetInt64() == bucketId:
                    var key = e.Payload.GetProperty("key").GetString()!;
                    objects.Remove(key).ShouldBeTrue($"'{key}' existed when it was deleted");
                    break;
            }
        }
        return objects;
    }

    /// <summary>The ETags that a key ever had, oldest first.</summary>
    public static IReadOnlyList<string> ETagsOf(this IEnumerable<LoggedEvent> events, string key) => events
        .Where(e => e.Type == "ObjectCreated" && e.Payload.GetProperty("key").GetString() == key)
        .Select(e => e.Payload.GetProperty("content").GetProperty("eTag").GetString()!)
        .ToList();
}

/// <summary>S3's order of keys: by the bytes of their UTF-8.</summary>
internal sealed class Utf8Order : IComparer<string>
{
    public static readonly Utf8Order Instance = new();

    public int Compare(string? x, string? y) =>
        Encoding.UTF8.GetBytes(x!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y!));
}
