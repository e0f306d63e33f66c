using Npgsql;

namespace CasStore.Projections.Engine;

/// <summary>A kind of look-up: one statement that finds the rows of any number of keys.</summary>
internal abstract class BatchedLookup
{
    /// <summary>Adds the statement for the keys of this kind that wait.</summary>
    public abstract void AddQuery(List<Pending> waiting, NpgsqlBatch batch);

    /// <summary>Reads its rows, and gives them to who waits.</summary>
    public abstract Task ReadAsync(NpgsqlDataReader reader, List<Pending> waiting);

    /// <summary>One that waits.</summary>
    internal abstract class Pending(BatchedLookup kind)
    {
        public BatchedLookup Kind => kind;

        public Exception? Failure { get; set; }

        public abstract void Complete();
    }
}

/// <inheritdoc/>
internal sealed class BatchedLookup<TKey, TValue> : BatchedLookup
    where TKey : notnull
    where TValue : class
{
    private readonly LookupQueue _queue;
    private readonly string _sql;
    private readonly Action<IReadOnlyCollection<TKey>, NpgsqlBatchCommand> _bind;
    private readonly Func<NpgsqlDataReader, TKey> _readKey;
    private readonly Func<NpgsqlDataReader, TValue> _read;

    /// <param name="queue">Where look-ups wait.</param>
    /// <param name="sql">Query for all rows of a set of keys.</param>
    /// <param name="bind">Binds the keys.</param>
    /// <param name="readKey">Reads the key of a row.</param>
    /// <param name="read">Reads a row.</param>
    public BatchedLookup(
        LookupQueue queue,
        string sql,
        Action<IReadOnlyCollection<TKey>, NpgsqlBatchCommand> bind,
        Func<NpgsqlDataReader, TKey> readKey,
        Func<NpgsqlDataReader, TValue> read)
    {
        _queue = queue;
        _sql = sql;
        _bind = bind;
        _readKey = readKey;
        _read = read;
    }

    /// <summary>The value of a key, or null.</summary>
    public Task<TValue?> FindAsync(TKey key, CancellationToken cancel) => EnqueueAsync(key, isUrgent: true, cancel);

    /// <summary>The same, in one round trip with what is asked for next.</summary>
    public Task<TValue?> FindWithNextAsync(TKey key, CancellationToken cancel) =>
        EnqueueAsync(key, isUrgent: false, cancel);

    private Task<TValue?> EnqueueAsync(TKey key, bool isUrgent, CancellationToken cancel)
    {
        var waiting = new Waiting(this, key, cancel);
        _queue.Enqueue(waiting, isUrgent);
        return waiting.Task;
    }

    public override void AddQuery(List<Pending> waiting, NpgsqlBatch batch)
    {
        var keys = new HashSet<TKey>();
        foreach (var pending in waiting)
        {
            if (pending.Kind == this)
                keys.Add(((Waiting)pending).Key);
        }
        var command = new NpgsqlBatchCommand(_sql);
        _bind(keys, command);
        batch.BatchCommands.Add(command);
    }

    public override async Task ReadAsync(NpgsqlDataReader reader, List<Pending> waiting)
    {
        var found = new Dictionary<TKey, TValue>();
        while (await reader.ReadAsync())
            found[_readKey(reader)] = _read(reader);
        foreach (var pending in waiting)
        {
            if (pending.Kind == this)
                ((Waiting)pending).Take(found);
        }
    }

    private sealed class Waiting : Pending
    {
        private readonly TaskCompletionSource<TValue?> _completion = new();
        private readonly CancellationTokenRegistration _cancellation;
        private TValue? _value;

        public Waiting(BatchedLookup<TKey, TValue> kind, TKey key, CancellationToken cancel)
            : base(kind)
        {
            Key = key;
            _cancellation = cancel.UnsafeRegister(
                static (waiting, cancel) => ((Waiting)waiting!)._completion.TrySetCanceled(cancel), this);
        }

        public TKey Key { get; }

        public Task<TValue?> Task => _completion.Task;

        public void Take(Dictionary<TKey, TValue> found) => _value = found.GetValueOrDefault(Key);

        public override void Complete()
        {
            _cancellation.Dispose();
            if (Failure is null)
                _completion.TrySetResult(_value);
            else
                _completion.TrySetException(Failure);
        }
    }
}
