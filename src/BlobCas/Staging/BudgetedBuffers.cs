namespace CasStore.BlobCas.Staging;

/// <summary>
/// Buffers for small bodies, of which only so many exist at once. Who finds none waits in turn, but not for long: slow
/// clients may hold them all, and nobody is to wait for a client that is not his own.
/// </summary>
internal sealed class BudgetedBuffers : IDisposable
{
    private readonly BufferPool _pool;
    private readonly SemaphoreSlim _permits;
    private readonly TimeSpan _patience;

    public BudgetedBuffers(int size, int count, TimeSpan patience)
    {
        _pool = new BufferPool(size, count);
        _permits = new SemaphoreSlim(count, count);
        _patience = patience;
    }

    /// <summary>A buffer; null when none came back in time.</summary>
    public async ValueTask<Memory<byte>?> TryRentAsync(CancellationToken cancel) =>
        await _permits.WaitAsync(_patience, cancel) ? _pool.Rent() : default(Memory<byte>?);

    public void Return(Memory<byte> buffer)
    {
        _pool.Return(buffer);
        _permits.Release();
    }

    /// <summary>Gives up a buffer that is not to be used again.</summary>
    public void Abandon() => _permits.Release();

    public void Dispose() => _permits.Dispose();
}
