using System.Diagnostics;

namespace CasStore.Events.Log;

/// <summary>
/// What a write knows of its bucket and its stream before it waits in the queue. It holds until something is appended
/// to either; who can tell that nothing was needs no second look at the database.
/// </summary>
/// <param name="Position">The head of the log that it was read at.</param>
/// <param name="Clock">The database's clock when it was read.</param>
/// <param name="Bucket">The bucket, as far as writing an object depends on it; its configurations are not told.</param>
/// <param name="Stream">The object's stream.</param>
/// <param name="StreamVersion">Version of its newest event; 0 when there is none.</param>
public sealed record EarlyState(
    long Position, DateTime Clock, BucketSettings Bucket, string Stream, long StreamVersion)
{
    private readonly long _read = Stopwatch.GetTimestamp();

    /// <summary>The database's clock, about, and not ahead of it.</summary>
    internal DateTime Now => Clock + Stopwatch.GetElapsedTime(_read);
}
