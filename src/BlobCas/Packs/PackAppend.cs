using CasStore.BlobCas.Staging;

namespace CasStore.BlobCas.Packs;

/// <summary>A blob that waits for the next batch. Completes when it is durable.</summary>
internal sealed class PackAppend(StagedBody body, BlobDigest digest, int length) : TaskCompletionSource
{
    public BlobDigest Digest => digest;

    public int Length => length;

    public int Space => RecordHeader.SpaceFor(length);

    public void CopyTo(Span<byte> bytes) => body.CopyTo(bytes);
}
