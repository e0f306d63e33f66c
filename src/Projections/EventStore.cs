using CasStore.Events.Configuration;
using CasStore.Events.Log;
using CasStore.Events.Schema;
using CasStore.Projections.Access;
using CasStore.Projections.Blobs;
using CasStore.Projections.Buckets;
using CasStore.Projections.Engine;
using CasStore.Projections.Objects;
using CasStore.Projections.Uploads;
using Npgsql;

namespace CasStore.Projections;

/// <summary>
/// The log with its read models on one PostgreSQL database: what a process opens to read and to append.
/// </summary>
public sealed class EventStore : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database;

    private readonly string _connectionString;

    private readonly LookupQueue _lookups;

    private EventStore(NpgsqlDataSource database, string connectionString)
    {
        _database = database;
        _connectionString = connectionString;
        _lookups = new LookupQueue(database);
        Buckets = new BucketQueries(database, _lookups);
        Objects = new ObjectQueries(database, _lookups);
        Uploads = new UploadQueries(database);
        Access = new AccessQueries(database, _lookups);
        Events = new EventReader(database);
        Log = new AppendQueue(database, new StateReader(), InlineProjections);
    }

    public BucketQueries Buckets { get; }
    public ObjectQueries Objects { get; }
    public UploadQueries Uploads { get; }
    public AccessQueries Access { get; }

    /// <summary>Reads the log.</summary>
    public EventReader Events { get; }

    /// <summary>Appends to the log.</summary>
    public AppendQueue Log { get; }

    /// <summary>
    /// The views kept in the append's transaction. In this order: references are counted before versions that change
    /// add to them and parts take theirs back; a deleted bucket's usage goes after its objects' changes to it.
    /// </summary>
    internal static IReadOnlyList<IInlineProjection> InlineProjections { get; } =
    [
        new BlobReferenceProjection(), new ObjectProjection(), new UploadProjection(), new BucketProjection(),
        new AccessProjection(),
    ];

    /// <summary>
    /// Connects, migrates the schema forward (safely when several processes do so at once) and starts.
    /// </summary>
    /// <exception cref="InvalidOperationException">A newer version of the store made the database.</exception>
    public static async Task<EventStore> OpenAsync(StoreSettings settings, CancellationToken cancel)
    {
        var database = Database.Connect(settings.Postgres);
        try
        {
            await Migrator.MigrateAsync(database, ViewMigrations.All, cancel);
            return new EventStore(database, settings.Postgres);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets look-ups go that were to be asked for together with the next.</summary>
    public void SendLookups() => _lookups.Send();

    /// <summary>Follows the log with a subscriber; the caller runs it.</summary>
    public Subscription Subscribe(ISubscriber subscriber) => new(_database, subscriber);

    /// <summary>How far each subscription has read.</summary>
    public async Task<IReadOnlyList<(string Name, long Position)>> CheckpointsAsync(CancellationToken cancel)
    {
        await using var command = _database.CreateCommand("select name, position from subscriptions order by name");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var checkpoints = new List<(string, long)>();
        while (await reader.ReadAsync(cancel))
            checkpoints.Add((reader.GetString(0), reader.GetInt64(1)));
        return checkpoints;
    }

    /// <summary>Replays the whole log into shadow tables and compares them with the live ones.</summary>
    public Task<VerifyResult> VerifyAsync(CancellationToken cancel) => VerifyViews.RunAsync(_connectionString, cancel);

    /// <summary>Throws when the database does not answer.</summary>
    public async Task PingAsync(CancellationToken cancel)
    {
        await using var command = _database.CreateCommand("select 1");
        await command.ExecuteScalarAsync(cancel);
    }

    /// <summary>Stops accepting, commits what is queued, disconnects.</summary>
    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        await _lookups.DisposeAsync();
        await _database.DisposeAsync();
    }
}
