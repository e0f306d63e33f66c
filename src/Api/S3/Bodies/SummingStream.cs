using CasStore.BlobCas.Hashing;

namespace CasStore.Api.S3.Bodies;

/// <summary>Sums what is read through it, beside the checksum that is kept of a body.</summary>
internal sealed class SummingStream(Stream source, Checksum sum) : BodyStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await source.ReadAsync(buffer, cancellationToken);
        sum.Append(buffer.Span[..read]);
        return read;
    }
}
