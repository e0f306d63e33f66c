using CasStore.BlobCas;
using CasStore.BlobCas.Hashing;
using CasStore.BlobCas.Packs;
using CasStore.BlobCas.Storage;

namespace CasStore.Tests.Unit.BlobCas.Packs;

public sealed class SegmentIndexTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("casstore-index-");

    private string Index => Path.Combine(_directory.FullName, "00000.index");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30_000)]
    public void Finds_what_it_has_and_nothing_else(int count)
    {
        var entries = Entries(count);
        SegmentIndex.Write(Index, new IndexSummary(5, 1 << 20, (uint)count), entries);
        using var file = Posix.OpenRead(Index);
        foreach (var (digest, place) in entries)
        {
            SegmentIndex.TryFind(file, digest, out var found).ShouldBeTrue();
            found.ShouldBe(place);
        }
        for (var i = 0; i < 1_000; i++)
            SegmentIndex.TryFind(file, Digest(-1 - i), out _).ShouldBeFalse();
        SegmentIndex.Read(file, 0, SlotTable.Partitions).ShouldBe(entries);
    }

    [Fact]
    public void Its_summary_fills_the_table()
    {
        var entries = Entries(10_000);
        SegmentIndex.Write(Index, new IndexSummary(5, 1 << 20, 10_000), entries);

        var summary = SegmentIndex.ReadSummary(Index).ShouldNotBeNull();

        (summary.Incarnation, summary.End, summary.Records).ShouldBe((5UL, 1 << 20, 10_000U));
        foreach (var (digest, _) in entries)
        {
            var partition = SlotTable.PartitionOf(digest);
            var (from, to) = ((int)summary.Starts[partition], (int)summary.Starts[partition + 1]);
            summary.Tags[from..to].ShouldContain(SlotTable.TagOf(digest));
        }
    }

    [Fact]
    public void A_damaged_or_cut_summary_is_none()
    {
        SegmentIndex.Write(Index, new IndexSummary(5, 1 << 20, 100), Entries(100));
        var bytes = File.ReadAllBytes(Index);
        var random = new Random(3);
        for (var i = 0; i < 200; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[i < 64 ? i : random.Next(16_600)] ^= 0x10;
            File.WriteAllBytes(Index, damaged);
            SegmentIndex.ReadSummary(Index).ShouldBeNull();
        }
        foreach (var length in new[] { 0, 10, 64, 5_000, bytes.Length - 1 })
        {
            File.WriteAllBytes(Index, bytes[..length]);
            SegmentIndex.ReadSummary(Index).ShouldBeNull();
        }
        File.Delete(Index);
        SegmentIndex.ReadSummary(Index).ShouldBeNull();
    }

    private static List<(BlobDigest Digest, RecordPlace Place)> Entries(int count)
    {
        var entries = Enumerable.Range(0, count)
            .Select(i => (Digest(i), new RecordPlace((uint)i, (uint)(1 + (i * 3))))).ToList();
        entries.Sort((a, b) => BlobDigest.Compare(a.Item1, b.Item1));
        return entries;
    }

    private static BlobDigest Digest(int number) => Blake3.Hash(BitConverter.GetBytes(number));
}
