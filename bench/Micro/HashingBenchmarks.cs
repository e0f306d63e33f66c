using BenchmarkDotNet.Attributes;
using CasStore.BlobCas;
using CasStore.BlobCas.Hashing;

namespace CasStore.Micro;

/// <summary>One hash or checksum of one body, start to finish.</summary>
public class HashingBenchmarks
{
    private byte[] _body = [];

    /// <summary>Bytes of the body.</summary>
    [Params(1024, 4096, 65_536, 1_048_576)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Prepare() => Random.Shared.NextBytes(_body = new byte[Size]);

    [Benchmark]
    public BlobDigest Blake3() => BlobCas.Hashing.Blake3.Hash(_body);

    [Benchmark]
    public byte[] Md5() => Sum(ChecksumAlgorithm.Md5);

    [Benchmark]
    public byte[] Sha256() => Sum(ChecksumAlgorithm.Sha256);

    [Benchmark]
    public byte[] Crc64Nvme() => Sum(ChecksumAlgorithm.Crc64Nvme);

    [Benchmark]
    public byte[] Crc32C() => Sum(ChecksumAlgorithm.Crc32C);

    private byte[] Sum(ChecksumAlgorithm algorithm)
    {
        using var checksum = Checksum.Create(algorithm);
        checksum.Append(_body);
        return checksum.Finish();
    }
}
