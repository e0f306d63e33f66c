using BenchmarkDotNet.Attributes;
using CasStore.BlobCas.Hashing;
using CasStore.Events.Objects;
using CasStore.Projections.Objects;

namespace CasStore.Micro;

/// <summary>An object's extents to their column and back.</summary>
public class ExtentBenchmarks
{
    private Extent[] _extents = [];
    private byte[] _column = [];

    /// <summary>Extents of the object: one, or those of a large multipart upload.</summary>
    [Params(1, 1000)]
    public int Extents { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _extents = [.. Enumerable.Range(0, Extents).Select(
            number => new Extent(Blake3.Hash(BitConverter.GetBytes(number)), 0, 8_388_608))];
        _column = Encode();
    }

    [Benchmark]
    public byte[] Encode() => ExtentCodec.Encode(_extents);

    [Benchmark]
    public object Decode() => ExtentCodec.Decode(_column);
}
