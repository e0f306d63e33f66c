using CasStore.BlobCas.Staging;

namespace CasStore.BlobCas;

/// <summary>Bytes read and hashed, but not yet durable. Disposing it unsealed removes it.</summary>
public sealed class StagedBlob : IDisposable
{
    private readonly Func<StagedBody, BlobDigest, long, Task> _publish;
    private StagedBody? _body;

    internal StagedBlob(
        Func<StagedBody, BlobDigest, long, Task> publish, StagedBody body, StagedHashes hashes)
    {
        _publish = publish;
        _body = body;
        (Digest, Length, Md5, Checksum) = hashes;
    }

    public BlobDigest Digest { get; }

    /// <summary>Bytes.</summary>
    public long Length { get; }

    /// <summary>16 bytes.</summary>
    public byte[] Md5 { get; }

    /// <summary>The checksum asked for (big-endian), or null.</summary>
    public byte[]? Checksum { get; }

    /// <summary>
    /// Makes the blob durable under its digest: it is flushed, with the directories that lead to it, when this
    /// completes. May be called
    /// once; begun, it is not cancelled. When it fails, what was staged is gone.
    /// </summary>
    /// <exception cref="DiskFullException">There is no room for the blob.</exception>
    /// <exception cref="IOException">The blob could not be written or flushed.</exception>
    /// <exception cref="ObjectDisposedException">Sealed or disposed before.</exception>
    public async Task SealAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var body = Interlocked.Exchange(ref _body, null);
        ObjectDisposedException.ThrowIf(body is null, this);
        using (body)
        {
            try
            {
                await _publish(body, Digest, Length);
            }
            catch (IOException e) when (DiskFullException.IsCause(e))
            {
                throw DiskFullException.Of(e);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _body, null)?.Dispose();
}
