using CasStore.BlobCas.Storage;

namespace CasStore.BlobCas.Packs;

/// <summary>
/// The one order of all that changes packs. One loop drains what waits: appends that follow one another are a batch
/// with one flush, anything else runs alone between batches. When nothing waits there is no loop; when something comes
/// it starts at once.
/// </summary>
internal sealed class PackQueue : IDisposable
{
    private readonly BlockingCalls _calls;
    private readonly PackWriter _writer;

    // A plain object, not a Lock: the end of the loop is waited for on its monitor.
    private readonly object _gate = new();
    private readonly Queue<object> _waiting = new();
    private bool _running;
    private bool _closed;

    public PackQueue(BlockingCalls calls, PackWriter writer)
    {
        _calls = calls;
        _writer = writer;
    }

    /// <summary>Completes when the blob is durable.</summary>
    public Task AppendAsync(PackAppend append)
    {
        Enqueue(append);
        return append.Task;
    }

    /// <summary>Runs a change alone.</summary>
    public Task<T> RunAsync<T>(Func<PackWriter, T> change)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(() =>
        {
            try
            {
                completion.SetResult(change(_writer));
            }
            catch (Exception e)
            {
                completion.SetException(e);
            }
        });
        return completion.Task;
    }

    /// <summary>Takes nothing more, and returns when what waits is done.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            while (_running)
                Monitor.Wait(_gate, Timeout.Infinite);
        }
        _writer.Dispose();
    }

    private void Enqueue(object change)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(BlobStore));
            _waiting.Enqueue(change);
            if (_running)
                return;
            _running = true;
        }
        _ = _calls.RunAsync(Drain);
    }

    private void Drain()
    {
        // A new list each time: who waited goes on while the next are written.
        while (Next(out var alone) is { } batch)
        {
            if (alone is not null)
                alone();
            else if (Append(batch))
                return;
        }
    }

    /// <summary>Writes a batch and lets its uploaders go on. True when that was the end of the loop.</summary>
    private bool Append(List<PackAppend> batch)
    {
        Action<PackAppend> complete = append => append.SetResult();
        Action? afterwards = null;
        try
        {
            afterwards = _writer.Append(batch);
        }
        catch (Exception e)
        {
            complete = append => append.SetException(e);
        }
        // A few go on here, without waking another thread, when there is nothing left to do for this one.
        if (batch.Count <= GroupCompletion.Few && afterwards is null && TryEnd())
        {
            batch.ForEach(complete);
            return true;
        }
        GroupCompletion.Run(batch, complete);
        afterwards?.Invoke();
        return false;
    }

    /// <summary>Ends the loop unless something waits.</summary>
    private bool TryEnd()
    {
        lock (_gate)
        {
            if (_waiting.Count > 0)
                return false;
            _running = false;
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    private List<PackAppend>? Next(out Action? alone)
    {
        alone = null;
        var batch = new List<PackAppend>();
        lock (_gate)
        {
            var room = _writer.BatchCapacity;
            while (batch.Count < PackBatch.MaxRecords
                && _waiting.TryPeek(out var next) && next is PackAppend append && append.Space <= room)
            {
                room -= append.Space;
                batch.Add(append);
                _waiting.Dequeue();
            }
            if (batch.Count > 0)
                return batch;
            if (_waiting.TryDequeue(out var other))
            {
                alone = (Action)other;
                return batch;
            }
            TryEnd();
            return null;
        }
    }
}
