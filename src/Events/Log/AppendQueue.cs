using System.Diagnostics;
using System.Threading.Channels;
using CasStore.BlobCas;
using Npgsql;

namespace CasStore.Events.Log;

/// <summary>
/// Appends commands in groups: one reader drains what waits and commits it in one transaction. It never waits to fill
/// a batch, so that a lone command pays one commit, and many share one.
/// </summary>
public sealed class AppendQueue : IAsyncDisposable
{
    /// <summary>Commands that may wait before callers are told to slow down.</summary>
    private const int Capacity = 8192;

    /// <summary>Events per transaction, about: bounds how long the log's lock is held.</summary>
    private const int BatchWeight = 512;

    /// <summary>
    /// Of more commands than this that wait, half are taken. Callers that all wait for the same commit would all come
    /// back at once, and the database would have nothing to do meanwhile; in two halves one is served while the other
    /// is committed.
    /// </summary>
    private const int Undivided = 16;

    private readonly Channel<Pending> _channel = Channel.CreateBounded<Pending>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, AllowSynchronousContinuations = true });

    private readonly BatchAppender _appender;
    private readonly LogMetrics _metrics;
    private readonly Task _loop;

    /// <summary>Starts the queue's reader.</summary>
    public AppendQueue(
        NpgsqlDataSource database, IStateReader stateReader, IReadOnlyList<IInlineProjection> projections)
    {
        _metrics = new LogMetrics(() => _channel.Reader.Count);
        var tail = new LogTail();
        _appender = new BatchAppender(database, new AppendTransaction(stateReader, projections, tail), tail, _metrics);
        _loop = Task.Run(DrainAsync);
    }

    /// <summary>Decides and appends; completes when the events are committed (or the command was rejected).</summary>
    /// <exception cref="QueueFullException">Too many commands wait.</exception>
    /// <exception cref="LogUnavailableException">The database did not answer; the command may yet have
    /// happened.</exception>
    public async ValueTask<AppendResult> AppendAsync(Command command, CancellationToken cancel)
    {
        var pending = new Pending(command);
        if (!_channel.Writer.TryWrite(pending))
        {
            throw _loop.IsCompleted
                ? new LogUnavailableException("The store is stopping.", null)
                : new QueueFullException();
        }
        using var registration = cancel.UnsafeRegister(
            static (pending, cancel) => ((Pending)pending!).TrySetCanceled(cancel), pending);
        return await pending.Task;
    }

    /// <summary>Commits what waits, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _channel.Writer.TryComplete();
        await _loop;
        await _appender.DisposeAsync();
        _metrics.Dispose();
    }

    private async Task DrainAsync()
    {
        var isShared = false;
        while (true)
        {
            var next = _channel.Reader.WaitToReadAsync();
            var isAwaited = !next.IsCompleted;
            if (!await next)
                return;
            // A command that comes alone is appended where it came from, without waking another thread. Where others
            // have come with the one before, they get the time to come with this one.
            if (isAwaited && isShared)
                await Task.Yield();
            // A new list each time: who waited goes on while the next are appended.
            var batch = new List<Pending>();
            var weight = 0;
            var most = Math.Max(Undivided, _channel.Reader.Count / 2);
            while (batch.Count < most && _channel.Reader.TryPeek(out var pending)
                && (batch.Count == 0 || MayFollow(pending.Command, weight))
                && _channel.Reader.TryRead(out pending))
            {
                batch.Add(pending);
                weight += pending.Command.Weight;
            }
            isShared = batch.Count > 1;
            await AppendAsync(batch);
        }
    }

    private static bool MayFollow(Command command, int weight) =>
        weight + command.Weight <= BatchWeight && !command.StartsBatch;

    /// <summary>Appends a batch. If the database refuses it, halves it until the command at fault is alone.</summary>
    private async Task AppendAsync(List<Pending> batch)
    {
        try
        {
            var started = Stopwatch.GetTimestamp();
            var results = await _appender.AppendAsync(batch.ConvertAll(pending => pending.Command));
            for (var i = 0; i < batch.Count; i++)
                batch[i].Result = results[i];
            // Before those that wait go on: what they then ask of the metrics is there.
            _metrics.BatchSize.Record(batch.Count);
            _metrics.CommitSeconds.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
            GroupCompletion.RunFewHere(batch, pending => pending.TrySetResult(pending.Result!));
        }
        catch (Exception refused) when (refused is not LogUnavailableException && batch.Count > 1)
        {
            var half = batch.Count / 2;
            await AppendAsync(batch[..half]);
            await AppendAsync(batch[half..]);
        }
        catch (Exception failure)
        {
            GroupCompletion.RunFewHere(batch, pending => pending.TrySetException(failure));
        }
    }

    private sealed class Pending(Command command) : TaskCompletionSource<AppendResult>
    {
        public Command Command => command;

        public AppendResult? Result { get; set; }
    }
}
