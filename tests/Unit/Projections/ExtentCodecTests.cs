using CasStore.BlobCas;
using CasStore.Events.Objects;
using CasStore.Projections.Objects;

namespace CasStore.Tests.Unit.Projections;

public sealed class ExtentCodecTests
{
    [Fact]
    public void Extents_come_back_as_they_went_in()
    {
        var random = new Random(1);
        var extents = Enumerable.Range(0, 100).Select(_ =>
        {
            var digest = new byte[BlobDigest.Size];
            random.NextBytes(digest);
            return new Extent(new BlobDigest(digest), random.NextInt64(), random.NextInt64());
        }).ToArray();
        ExtentCodec.Encode(extents).Length.ShouldBe(4800);
        ExtentCodec.Decode(ExtentCodec.Encode(extents)).ShouldBe(extents);
        ExtentCodec.Decode(ExtentCodec.Encode([])).ShouldBeEmpty();
    }
}
