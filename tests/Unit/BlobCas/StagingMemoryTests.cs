using CasStore.BlobCas;

namespace CasStore.Tests.Unit.BlobCas;

/// <summary>Alone, because what is allocated is counted for the whole process.</summary>
[CollectionDefinition(nameof(StagingMemoryTests), DisableParallelization = true)]
[Collection(nameof(StagingMemoryTests))]
public sealed class StagingMemoryTests : BlobDirectory
{
    [Fact]
    public async Task Bodies_of_any_length_take_the_same_little_memory()
    {
        await StageAll(count: 8, length: 1 << 20);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await StageAll(count: 1, length: 256L << 20);
        await StageAll(count: 8, length: 16L << 20);

        // The first eight may not all have been under way at once: the rest of their buffers is 12 MiB at most.
        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(16L << 20);
    }

    [Fact]
    public async Task Small_bodies_take_little_memory()
    {
        await PutSmall(100);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await PutSmall(1_000);

        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(1_000 * 8_192L);
    }

    private async Task PutSmall(int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var content = new ScriptedStream(4_000 + i, 1_000);
            using var staged = await Store.StageAsync(content, ChecksumAlgorithm.Crc32, CancellationToken.None);
            await staged.SealAsync(CancellationToken.None);
        }
    }

    private Task StageAll(int count, long length) => Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
    {
        using var content = new ScriptedStream(length, 1 << 20);
        using var staged = await Store.StageAsync(content, ChecksumAlgorithm.Crc64Nvme, CancellationToken.None);
        staged.Length.ShouldBe(length);
    }));
}
