using System.Security.Cryptography;

namespace CasStore.BlobCas.Hashing;

internal sealed class DigestChecksum : Checksum
{
    private readonly IncrementalHash _hash;

    public DigestChecksum(HashAlgorithmName algorithm) => _hash = IncrementalHash.CreateHash(algorithm);

    public override void Append(ReadOnlySpan<byte> data) => _hash.AppendData(data);

    public override byte[] Finish() => _hash.GetHashAndReset();

    private protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }
}
