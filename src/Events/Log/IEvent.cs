namespace CasStore.Events.Log;

/// <summary>A fact that happened. Implementations are records whose JSON is the canonical payload.</summary>
public interface IEvent;

/// <summary>An event and the stream it belongs to.</summary>
public sealed record StreamEvent(string Stream, IEvent Event)
{
    /// <summary>Whether the stream is new by construction, so that its version need not be looked up.</summary>
    public bool StartsStream { get; init; }
}

/// <summary>An event as it stands in the log.</summary>
public sealed record RecordedEvent(
    long Position,
    string Stream,
    long StreamVersion,
    Guid EventId,
    CommandContext Command,
    DateTimeOffset OccurredAt,
    IEvent Event);
