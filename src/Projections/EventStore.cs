using CasStore.Events.Configuration;
using CasStore.Events.Log;
using CasStore.Projections.Access;
using CasStore.Projections.Buckets;
using CasStore.Projections.Objects;
using CasStore.Projections.Uploads;

namespace CasStore.Projections;

/// <summary>The log with its read models on one PostgreSQL database: what a process opens to read and to append.</summary>
public sealed class EventStore : IAsyncDisposable
{
    public BucketQueries Buckets { get; } = null!;
    public ObjectQueries Objects { get; } = null!;
    public UploadQueries Uploads { get; } = null!;
    public AccessQueries Access { get; } = null!;
    public AppendQueue Log { get; } = null!;

    /// <summary>Connects, migrates the schema forward (safely when several processes do so at once) and starts.</summary>
    public static Task<EventStore> OpenAsync(StoreSettings settings, CancellationToken cancel) =>
        throw new NotImplementedException();

    /// <summary>Throws when the database does not answer.</summary>
    public Task PingAsync(CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>Stops accepting, commits what is queued, disconnects.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
