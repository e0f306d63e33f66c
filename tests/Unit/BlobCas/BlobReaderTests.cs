namespace CasStore.Tests.Unit.BlobCas;

public sealed class BlobReaderTests : BlobDirectory
{
    [Fact]
    public async Task Reads_any_range()
    {
        var bytes = RandomBytes(400_000);
        using var reader = Store.OpenRead(await Put(bytes));
        reader.Length.ShouldBe(bytes.Length);
        var random = new Random(7);
        for (var i = 0; i < 300; i++)
        {
            var (offset, length) = (random.Next(420_000), random.Next(200_000));
            var buffer = new byte[length];

            var read = await reader.ReadAsync(offset, buffer, CancellationToken.None);

            var expected = bytes.AsSpan(Math.Min(offset, bytes.Length));
            expected = expected[..Math.Min(length, expected.Length)];
            buffer.AsSpan(0, read).SequenceEqual(expected).ShouldBeTrue($"{length} bytes from {offset}");
        }
    }

    [Fact]
    public async Task Reads_nothing_beyond_the_end()
    {
        using var reader = Store.OpenRead(await Put(RandomBytes(100)));

        (await reader.ReadAsync(100, new byte[10], CancellationToken.None)).ShouldBe(0);
        (await reader.ReadAsync(long.MaxValue, new byte[10], CancellationToken.None)).ShouldBe(0);
        (await reader.ReadAsync(95, new byte[10], CancellationToken.None)).ShouldBe(5);
    }

    [Fact]
    public async Task Refuses_a_negative_offset()
    {
        using var reader = Store.OpenRead(await Put(RandomBytes(100)));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(
            async () => await reader.ReadAsync(-1, new byte[10], CancellationToken.None));
    }

    [Fact]
    public async Task Serves_many_readers_at_once()
    {
        var bytes = RandomBytes(1_000_000);
        using var reader = Store.OpenRead(await Put(bytes));

        await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(async () =>
        {
            var buffer = new byte[200_000];
            var offset = i * 25_000;
            var read = await reader.ReadAsync(offset, buffer, CancellationToken.None);
            buffer.AsSpan(0, read).SequenceEqual(bytes.AsSpan(offset, Math.Min(200_000, bytes.Length - offset)))
                .ShouldBeTrue();
        })));
    }

    [Fact]
    public async Task Does_not_read_when_cancelled()
    {
        using var reader = Store.OpenRead(await Put(RandomBytes(100)));
        await Should.ThrowAsync<OperationCanceledException>(
            async () => await reader.ReadAsync(0, new byte[10], new CancellationToken(true)));
    }

    [Fact]
    public async Task Says_so_when_a_blob_was_cut_short_under_it()
    {
        var digest = await Put(RandomBytes(100_000));
        using var reader = Store.OpenRead(digest);
        await File.WriteAllBytesAsync(PathOf(digest), new byte[50]);

        await Should.ThrowAsync<EndOfStreamException>(
            async () => await reader.ReadAsync(0, new byte[100_000], CancellationToken.None));
    }
}
