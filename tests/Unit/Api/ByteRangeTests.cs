using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Operations.Multipart;
using CasStore.BlobCas;
using CasStore.Events.Objects;
using FsCheck;
using FsCheck.Fluent;

namespace CasStore.Tests.Unit.Api;

public sealed class ByteRangeTests
{
    [Theory]
    [InlineData("bytes=0-4", 0, 5)]
    [InlineData("bytes=3-3", 3, 1)]
    [InlineData("bytes=5-", 5, 5)]
    [InlineData("bytes=5-100", 5, 5)]
    [InlineData("bytes=-3", 7, 3)]
    [InlineData("bytes=-100", 0, 10)]
    [InlineData("Bytes=1-2", 1, 2)]
    public void Selects_bytes(string header, long offset, long length) =>
        ByteRange.Parse(header, 10).ShouldBe(new ByteRange(offset, length));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("bytes")]
    [InlineData("bytes=")]
    [InlineData("bytes=-")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=4-2")]
    [InlineData("bytes=0-1,3-4")]
    [InlineData("bytes=--1")]
    [InlineData("lines=0-1")]
    public void What_is_malformed_or_several_is_the_whole(string? header) =>
        ByteRange.Parse(header, 10).ShouldBeNull();

    [Theory]
    [InlineData("bytes=10-", 10)]
    [InlineData("bytes=10-20", 10)]
    [InlineData("bytes=-0", 10)]
    [InlineData("bytes=0-", 0)]
    [InlineData("bytes=-1", 0)]
    public void What_lies_outside_is_refused_with_the_size(string header, long size)
    {
        var refused = Should.Throw<S3Exception>(() => ByteRange.Parse(header, size));
        refused.Error.ShouldBe(S3Errors.InvalidRange);
        refused.Headers.ShouldContain(("Content-Range", $"bytes */{size}"));
    }

    [Theory]
    [InlineData("bytes=0-")]
    [InlineData("bytes=-5")]
    [InlineData("0-5")]
    [InlineData("bytes=5-2")]
    [InlineData("bytes=0-10")]
    public void The_range_of_a_copied_part_must_be_whole_and_inside(string header) =>
        Should.Throw<S3Exception>(() => ByteRange.ParseCopy(header, 10)).Error.ShouldBe(S3Errors.InvalidArgument);

    [Fact]
    public void A_slice_of_extents_holds_the_bytes_of_its_range() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(PositiveInt[], NonNegativeInt, PositiveInt)>(), input =>
        {
            var (lengths, from, count) = input;
            var extents = lengths.Select((length, i) => new Extent(Blob(i), i * 7, length.Get)).ToList();
            var all = extents.SelectMany(Bytes).ToList();
            var range = new ByteRange(
                Math.Min(from.Get, all.Count), Math.Min(count.Get, all.Count - Math.Min(from.Get, all.Count)));
            return UploadPartCopy.Slice(extents, range).SelectMany(Bytes)
                .SequenceEqual(all.Skip((int)range.Offset).Take((int)range.Length));
        }).QuickCheckThrowOnFailure();

    private static IEnumerable<(BlobDigest, long)> Bytes(Extent extent) =>
        Enumerable.Range(0, (int)extent.Length).Select(i => (extent.Blob, extent.Offset + i));

    private static BlobDigest Blob(int number)
    {
        var bytes = new byte[BlobDigest.Size];
        bytes[0] = (byte)number;
        return new BlobDigest(bytes);
    }
}
