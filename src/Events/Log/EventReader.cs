using Npgsql;

namespace CasStore.Events.Log;

/// <summary>Reads the log in order.</summary>
public sealed class EventReader(NpgsqlDataSource database)
{
    private const string ReadAfter = """
        select position, stream, stream_version, event_type, schema_version, event_id, command_id, actor,
               source_address, occurred_at, payload
        from events where position > $1 order by position limit $2
        """;

    /// <summary>Position of the newest event; 0 for an empty log.</summary>
    public async Task<long> HeadAsync(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select coalesce(max(last_position), 0) from batches");
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>The events after a position, in order, at most <paramref name="limit"/>.</summary>
    public async Task<IReadOnlyList<RecordedEvent>> ReadAsync(long after, int limit, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        return await ReadAsync(connection, after, limit, cancel);
    }

    /// <summary>The same over a connection, within its transaction.</summary>
    public static async Task<IReadOnlyList<RecordedEvent>> ReadAsync(
        NpgsqlConnection connection, long after, int limit, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(ReadAfter, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = after },
                new NpgsqlParameter<int> { TypedValue = limit },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var events = new List<RecordedEvent>();
        while (await reader.ReadAsync(cancel))
        {
            var payload = await reader.GetFieldValueAsync<byte[]>(10, cancel);
            events.Add(new RecordedEvent(
                reader.GetInt64(0),
                reader.GetString(1),
                reader.GetInt64(2),
                reader.GetGuid(5),
                new CommandContext(
                    reader.GetGuid(6),
                    reader.GetString(7),
                    await reader.IsDBNullAsync(8, cancel) ? null : reader.GetString(8)),
                new DateTimeOffset(reader.GetDateTime(9), TimeSpan.Zero),
                EventTypes.All.Deserialize(reader.GetString(3), reader.GetInt32(4), payload)));
        }
        return events;
    }
}
