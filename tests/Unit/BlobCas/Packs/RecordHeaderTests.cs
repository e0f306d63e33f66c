using CasStore.BlobCas;
using CasStore.BlobCas.Hashing;
using CasStore.BlobCas.Packs;

namespace CasStore.Tests.Unit.BlobCas.Packs;

public sealed class RecordHeaderTests
{
    private static readonly RecordHeader Header =
        new(0x1122334455667789, 7, 1234, 4096, Blake3.Hash("blob"u8));

    [Fact]
    public void Is_read_back_as_written()
    {
        var bytes = new byte[RecordHeader.Size];
        Header.Write(bytes);
        RecordHeader.TryRead(bytes, out var read).ShouldBeTrue();
        read.ShouldBe(Header);
    }

    [Fact]
    public void Has_the_bytes_that_are_on_disks()
    {
        var bytes = new byte[RecordHeader.Size];
        Header.Write(bytes);
        Convert.ToHexStringLower(bytes).ShouldBe(
            "4353504b" + "00000000" + "8977665544332211" + Blake3.Hash("blob"u8) + "07000000" + "d2040000" + "00100000"
            + "8da71361");
    }

    [Fact]
    public void Any_flipped_bit_makes_it_none()
    {
        for (var bit = 0; bit < 8 * RecordHeader.Size; bit++)
        {
            var bytes = new byte[RecordHeader.Size];
            Header.Write(bytes);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            RecordHeader.TryRead(bytes, out _).ShouldBeFalse($"bit {bit}");
        }
    }

    [Fact]
    public void A_length_beyond_the_limit_makes_it_none()
    {
        var bytes = new byte[RecordHeader.Size];
        foreach (var length in new[] { -1, BlobStoreOptions.MaxPackLimit + 1, int.MinValue, int.MaxValue })
        {
            (Header with { Length = length }).Write(bytes);
            RecordHeader.TryRead(bytes, out _).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData(0, 64)]
    [InlineData(1, 128)]
    [InlineData(64, 128)]
    [InlineData(65, 192)]
    [InlineData(4096, 4160)]
    [InlineData(65536, 65600)]
    public void Takes_whole_units(int length, int space) => RecordHeader.SpaceFor(length).ShouldBe(space);
}
