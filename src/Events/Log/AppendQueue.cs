namespace CasStore.Events.Log;

/// <summary>Thrown when the queue is full: the caller answers 503 SlowDown.</summary>
public sealed class QueueFullException() : Exception("The append queue is full.");

/// <summary>Appends commands in groups: what waits is committed in one transaction.</summary>
public sealed class AppendQueue
{
    /// <summary>Decides and appends; completes when the events are committed (or the command was rejected).</summary>
    /// <exception cref="QueueFullException">Too many commands wait.</exception>
    public ValueTask<AppendResult> AppendAsync(Command command, CancellationToken cancel) =>
        throw new NotImplementedException();
}
