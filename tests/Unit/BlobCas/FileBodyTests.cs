using CasStore.BlobCas.Staging;
using CasStore.BlobCas.Storage;

namespace CasStore.Tests.Unit.BlobCas;

public sealed class FileBodyTests : IDisposable
{
    private const int Page = BufferPool.Page, Piece = 4 * Page;

    private readonly string _directory = Directory.CreateTempSubdirectory("casstore-bodies-").FullName;

    private string Path => System.IO.Path.Combine(_directory, "body");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Page)]
    [InlineData(Piece - 1)]
    [InlineData(Piece)]
    [InlineData(Piece + 1)]
    [InlineData(Piece + Page - 1)]
    [InlineData(Piece + Page)]
    [InlineData(Piece + Page + 1)]
    [InlineData((2 * Piece) - 1)]
    [InlineData(2 * Piece)]
    [InlineData((700 * Piece) + 513)]
    public async Task Holds_what_was_written_whatever_its_length(int length)
    {
        var bytes = Content(length);
        using var body = new FileBody(Path, Piece);
        Write(body, bytes, inPages: true);

        var copy = new byte[length];
        body.CopyTo(copy);
        body.Flush();

        copy.ShouldBe(bytes);
        (await File.ReadAllBytesAsync(Path)).ShouldBe(bytes);
    }

    [Fact]
    public async Task Writes_memory_that_cannot_go_past_the_page_cache_the_usual_way()
    {
        var bytes = Content((3 * Piece) + 7);
        using var body = new FileBody(Path, Piece);
        Write(body, bytes, inPages: false);
        body.Flush();
        (await File.ReadAllBytesAsync(Path)).ShouldBe(bytes);
    }

    [Fact]
    public void Leaves_only_what_is_no_whole_piece_in_the_page_cache()
    {
        using var body = new FileBody(Path, Piece);
        Write(body, Content((3 * Piece) + 7), inPages: true);
        body.Flush();

        // Others keep all they have in memory, or do not say what they cache.
        if (new DriveInfo(_directory).DriveFormat is not ("ext2" or "ext3" or "ext4" or "xfs"))
            return;
        using var file = Posix.OpenRead(Path);
        var bytes = new byte[7];
        Posix.ReadCached(file, bytes, 3 * Piece).ShouldBe(7);
        Posix.ReadCached(file, bytes, 0).ShouldBeLessThanOrEqualTo(0);
    }

    [Fact]
    public void A_file_system_without_direct_writes_says_so()
    {
        using var file = Posix.OpenRead("/proc/self/status");
        Posix.TrySetDirect(file, true).ShouldBeFalse();
    }

    private static byte[] Content(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private static void Write(FileBody body, ReadOnlySpan<byte> bytes, bool inPages)
    {
        var buffer = new BufferPool(2 * Piece, limit: 1, inPages: true).Rent().Span[(inPages ? 0 : 1)..];
        for (; !bytes.IsEmpty; bytes = bytes[Math.Min(Piece, bytes.Length)..])
        {
            var piece = buffer[..Math.Min(Piece, bytes.Length)];
            bytes[..piece.Length].CopyTo(piece);
            body.Write(piece);
        }
    }
}
