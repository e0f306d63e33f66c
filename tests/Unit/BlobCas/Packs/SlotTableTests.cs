using CasStore.BlobCas;
using CasStore.BlobCas.Hashing;
using CasStore.BlobCas.Packs;

namespace CasStore.Tests.Unit.BlobCas.Packs;

public sealed class SlotTableTests
{
    [Fact]
    public void Never_misses_what_it_has_and_rarely_names_a_segment_in_vain()
    {
        var table = new SlotTable();
        for (var i = 0; i < 100_000; i++)
            table.Add(Digest(i), (ushort)(i % 50));

        var inVain = 0;
        for (var i = 0; i < 100_000; i++)
        {
            table.Find(Digest(i)).ShouldContain((ushort)(i % 50));
            inVain += table.Find(Digest(-1 - i)).Length;
        }
        // Expected: 100,000 * 25 / 65,536 = 37.
        inVain.ShouldBeLessThan(150);
    }

    [Fact]
    public void Removes_one_blob_of_one_segment()
    {
        var table = new SlotTable();
        table.Add(Digest(1), 3);
        table.Add(Digest(1), 4);
        table.Add(Digest(2), 3);

        table.Remove(Digest(1), 3);
        table.Remove(Digest(1), 9);

        table.Find(Digest(1)).ShouldBe([4]);
        table.Find(Digest(2)).ShouldBe([3]);
    }

    [Fact]
    public void Removes_a_segment()
    {
        var table = new SlotTable();
        for (var i = 0; i < 30_000; i++)
            table.Add(Digest(i), (ushort)(i % 3));

        table.RemoveSlot(1);

        for (var i = 0; i < 30_000; i++)
        {
            table.Find(Digest(i)).ShouldNotContain((ushort)1);
            if (i % 3 != 1)
                table.Find(Digest(i)).ShouldContain((ushort)(i % 3));
        }
    }

    private static BlobDigest Digest(int number) => Blake3.Hash(BitConverter.GetBytes(number));
}
