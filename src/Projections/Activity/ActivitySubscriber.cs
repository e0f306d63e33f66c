using CasStore.Events.Log;
using CasStore.Events.Objects;
using CasStore.Events.Uploads;
using Npgsql;
using NpgsqlTypes;

namespace CasStore.Projections.Activity;

/// <summary>
/// Counts events and bytes written by day, actor and type. Asynchronous: nobody waits for statistics.
/// </summary>
public sealed class ActivitySubscriber : ISubscriber
{
    private const string AddCounts = """
        insert into activity (day, actor, event_type, events, bytes)
        select unnest($1::date[]), unnest($2::text[]), unnest($3::text[]), unnest($4::bigint[]), unnest($5::bigint[])
        on conflict (day, actor, event_type) do update
            set events = activity.events + excluded.events, bytes = activity.bytes + excluded.bytes
        """;

    /// <inheritdoc/>
    public string Name => "activity";

    /// <inheritdoc/>
    public void Handle(IReadOnlyList<RecordedEvent> events, NpgsqlBatch batch)
    {
        var counts = events
            .GroupBy(e => (
                Day: DateOnly.FromDateTime(e.OccurredAt.UtcDateTime),
                e.Command.Actor,
                Type: EventTypes.All.NameOf(e.Event).Name))
            .Select(group => (group.Key, Events: group.LongCount(), Bytes: group.Sum(e => BytesOf(e.Event))))
            .ToList();
        batch.Add(AddCounts)
            .Add(NpgsqlDbType.Date, counts.Select(count => count.Key.Day).ToArray())
            .Add(NpgsqlDbType.Text, counts.Select(count => count.Key.Actor).ToArray())
            .Add(NpgsqlDbType.Text, counts.Select(count => count.Key.Type).ToArray())
            .Add(NpgsqlDbType.Bigint, counts.Select(count => count.Events).ToArray())
            .Add(NpgsqlDbType.Bigint, counts.Select(count => count.Bytes).ToArray());
    }

    private static long BytesOf(IEvent @event) => @event switch
    {
        ObjectCreated { UploadId: null } created => created.Content.Size,
        PartUploaded part => part.Content.Size,
        _ => 0,
    };
}
