using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;

namespace CasStore.Events.Log;

/// <summary>The statements that write a batch of events and make it the log's head.</summary>
internal static class EventWriter
{
    /// <summary>Channel on which each commit announces the new head.</summary>
    public const string Channel = "casstore_log";

    // Columns side by side, not one unnest in "from": that would first put each of them into a table of its own.
    private const string InsertEvents = """
        insert into events (position, stream, stream_version, event_type, schema_version, event_id, command_id, actor,
            source_address, occurred_at, payload, salt, digest)
        select unnest($1::bigint[]), unnest($2::text[]), unnest($3::bigint[]), unnest($4::text[]),
            unnest($5::integer[]), unnest($6::uuid[]), unnest($7::uuid[]), unnest($8::text[]), unnest($9::text[]),
            unnest($10::timestamptz[]), unnest($11::bytea[]), unnest($12::bytea[]), unnest($13::bytea[])
        """;

    private const string InsertBatch =
        "insert into batches (last_position, first_position, recorded_at) values ($1, $2, $3)";

    public static void Write(IReadOnlyList<RecordedEvent> events, NpgsqlBatch batch)
    {
        var types = new (string Name, int SchemaVersion)[events.Count];
        var payloads = new byte[events.Count][];
        var salts = new byte[events.Count][];
        var digests = new byte[events.Count][];
        for (var i = 0; i < events.Count; i++)
        {
            types[i] = EventTypes.All.NameOf(events[i].Event);
            payloads[i] = EventTypes.All.Serialize(events[i].Event);
            salts[i] = RandomNumberGenerator.GetBytes(EventDigest.SaltSize);
            digests[i] = EventDigest.Compute(events[i], types[i].Name, types[i].SchemaVersion, salts[i], payloads[i]);
        }
        batch.Add(InsertEvents)
            .Add(NpgsqlDbType.Bigint, events.Select(e => e.Position).ToArray())
            .Add(NpgsqlDbType.Text, events.Select(e => e.Stream).ToArray())
            .Add(NpgsqlDbType.Bigint, events.Select(e => e.StreamVersion).ToArray())
            .Add(NpgsqlDbType.Text, types.Select(type => type.Name).ToArray())
            .Add(NpgsqlDbType.Integer, types.Select(type => type.SchemaVersion).ToArray())
            .Add(NpgsqlDbType.Uuid, events.Select(e => e.EventId).ToArray())
            .Add(NpgsqlDbType.Uuid, events.Select(e => e.Command.CommandId).ToArray())
            .Add(NpgsqlDbType.Text, events.Select(e => e.Command.Actor).ToArray())
            .Add(NpgsqlDbType.Text, events.Select(e => e.Command.SourceAddress).ToArray())
            .Add(NpgsqlDbType.TimestampTz, events.Select(e => e.OccurredAt.UtcDateTime).ToArray())
            .Add(NpgsqlDbType.Bytea, payloads)
            .Add(NpgsqlDbType.Bytea, salts)
            .Add(NpgsqlDbType.Bytea, digests);
        batch.Add(InsertBatch)
            .Add(events[^1].Position)
            .Add(events[0].Position)
            .Add(events[0].OccurredAt.UtcDateTime);
    }

    /// <summary>Wakes the subscriptions, here and in other processes, when the transaction commits.</summary>
    public static void Notify(long head, NpgsqlBatch batch) =>
        batch.Add($"select pg_notify('{Channel}', $1::text)").Add(head);
}
