using System.Data.Common;
using CasStore.BlobCas;
using CasStore.Projections;

namespace CasStore.Api.Health;

/// <summary>
/// Whether requests can be served: the database answers and the disk takes bytes, both really tried. Answers are kept
/// for a second, so that a probe cannot wear out the disk.
/// </summary>
internal sealed class HealthChecks(EventStore store, BlobStore blobs) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan KeepFor = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _one = new(1, 1);
    private IReadOnlyList<string> _failures = [];
    private DateTime _checkedAt;

    /// <summary>What is wrong, one line each; empty when ready.</summary>
    public async Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            if (DateTime.UtcNow - _checkedAt < KeepFor)
                return _failures;
            var failures = new List<string>();
            if (await DatabaseAsync() is { } database)
                failures.Add($"database: {database}");
            if (await DiskAsync() is { } disk)
                failures.Add($"disk: {disk}");
            (_failures, _checkedAt) = (failures, DateTime.UtcNow);
            return failures;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<string?> DatabaseAsync()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        try
        {
            await store.PingAsync(timeout.Token);
            return null;
        }
        catch (Exception failure) when (failure is DbException or OperationCanceledException or TimeoutException)
        {
            return failure.Message;
        }
    }

    private async Task<string?> DiskAsync()
    {
        try
        {
            await Task.Run(blobs.CheckWritable).WaitAsync(Timeout);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or TimeoutException)
        {
            return failure.Message;
        }
    }
}
