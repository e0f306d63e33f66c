using System.Security.Cryptography;
using CasStore.BlobCas;
using CasStore.BlobCas.Hashing;

namespace CasStore.Tests.Unit.BlobCas;

public sealed class StagingTests : BlobDirectory
{
    public static TheoryData<int> Sizes =>
    [
        0, 1, 4_096, 65_535, 65_536, 65_537, 65_538, 262_144, 524_287, 524_288, 524_289, 524_288 + 4_095,
        524_288 + 4_096, 524_288 + 4_097, 1_000_003, 1_048_575, 1_048_576, 1_048_577, 3 * 524_288, 5_000_000,
    ];

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Hashes_everything_in_one_pass(int size)
    {
        var bytes = RandomBytes(size);
        foreach (var algorithm in Enum.GetValues<ChecksumAlgorithm>())
        {
            using var staged = await Stage(bytes, algorithm);

            staged.Digest.ShouldBe(Blake3.Hash(bytes));
            staged.Length.ShouldBe(size);
            staged.Md5.ShouldBe(MD5.HashData(bytes));
            using var checksum = Checksum.Create(algorithm);
            checksum.Append(bytes);
            staged.Checksum.ShouldBe(checksum.Finish());
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Reads_back_what_was_sealed(int size)
    {
        var bytes = RandomBytes(size);

        var digest = await Put(bytes);

        (await Get(digest)).ShouldBe(bytes);
        StagingFiles().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7_919)]
    [InlineData(65_537)]
    public async Task How_the_stream_cuts_its_pieces_makes_no_difference(int piece)
    {
        const int Length = 700_001;

        using var staged = await Store.StageAsync(new ScriptedStream(Length, piece), null, CancellationToken.None);
        await staged.SealAsync(CancellationToken.None);

        (await Get(staged.Digest)).ShouldBe(ScriptedStream.Bytes(Length));
    }

    [Fact]
    public async Task Without_a_checksum_asked_for_there_is_none()
    {
        using var staged = await Stage(RandomBytes(10));
        staged.Checksum.ShouldBeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(65_537)]
    [InlineData(2_000_000)]
    public async Task A_failing_stream_passes_its_exception_on_and_leaves_nothing(int length)
    {
        var cut = new InvalidDataException("cut");
        var stream = new ScriptedStream(length, 10_000, _ => Task.FromException(cut));

        var thrown = await Should.ThrowAsync<InvalidDataException>(
            () => Store.StageAsync(stream, ChecksumAlgorithm.Crc32, CancellationToken.None));

        thrown.ShouldBeSameAs(cut);
        StagingFiles().ShouldBeEmpty();
        BlobFiles().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(100)]
    [InlineData(2_000_000)]
    public async Task Cancelling_while_the_stream_stalls_leaves_nothing(int length)
    {
        using var cancel = new CancellationTokenSource();
        var stalled = new TaskCompletionSource();
        var stream = new ScriptedStream(length, 10_000, async token =>
        {
            stalled.SetResult();
            await Task.Delay(Timeout.Infinite, token);
        });
        var staging = Store.StageAsync(stream, null, cancel.Token);
        await stalled.Task;

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => staging);
        StagingFiles().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(100)]
    [InlineData(2_000_000)]
    public async Task What_is_staged_is_invisible_and_gone_when_disposed(int size)
    {
        var staged = await Stage(RandomBytes(size));

        BlobFiles().ShouldBeEmpty();
        Store.Enumerate().ShouldBeEmpty();
        Should.Throw<FileNotFoundException>(() => Store.OpenRead(staged.Digest));

        staged.Dispose();
        staged.Dispose();
        StagingFiles().ShouldBeEmpty();
        BlobFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task Disposing_after_the_seal_keeps_the_blob()
    {
        var bytes = RandomBytes(100_000);
        var digest = await Put(bytes);
        (await Get(digest)).ShouldBe(bytes);
    }

    [Fact]
    public async Task Seals_only_once()
    {
        using var staged = await Stage(RandomBytes(10));
        await staged.SealAsync(CancellationToken.None);
        await Should.ThrowAsync<ObjectDisposedException>(() => staged.SealAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_cancelled_seal_does_not_begin()
    {
        using var staged = await Stage(RandomBytes(10));

        await Should.ThrowAsync<OperationCanceledException>(() => staged.SealAsync(new CancellationToken(true)));

        Store.Enumerate().ShouldBeEmpty();
        await staged.SealAsync(CancellationToken.None);
        Store.Enumerate().ShouldBe([staged.Digest]);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(2_000_000)]
    public async Task A_seal_that_fails_leaves_no_staging_file(int size)
    {
        Reopen(FilesOnly);
        using var staged = await Stage(RandomBytes(size));
        Directory.CreateDirectory(Path.Combine(PathOf(staged.Digest), "in the way"));

        await Should.ThrowAsync<IOException>(() => staged.SealAsync(CancellationToken.None));

        StagingFiles().ShouldBeEmpty();
    }
}
