using System.Security.Cryptography;
using CasStore.Bench.Load;

namespace CasStore.Tests.Unit.Bench;

public sealed class ObjectContentTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(4096)]
    [InlineData(256 * 1024)]
    [InlineData(600_000)]
    [InlineData(2 * 256 * 1024 + 5)]
    public void What_is_sent_is_what_was_hashed_and_what_is_expected(int size)
    {
        var content = new ObjectContent(size);
        var bytes = Send(content, 7);
        content.Digest(HashAlgorithmName.SHA256, 7).ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        for (var at = 0; at < size; at += 1 + size / 7)
            content.Matches(7, at, bytes.AsSpan(at)).ShouldBeTrue();
        bytes[^1] ^= 1;
        content.Matches(7, 0, bytes).ShouldBeFalse();
    }

    [Fact]
    public void Numbers_and_positions_make_every_block_differ()
    {
        var content = new ObjectContent(600_000);
        var one = Send(content, 1);
        content.Matches(2, 0, one).ShouldBeFalse();
        one.AsSpan(0, 16).SequenceEqual(one.AsSpan(content.BlockBytes, 16)).ShouldBeFalse();
        new ObjectContent(600_000).Matches(1, 0, one).ShouldBeFalse();
    }

    private static byte[] Send(ObjectContent content, long number)
    {
        using var sent = new MemoryStream();
        var block = new byte[content.BlockBytes];
        content.CopyBlock(block);
        while (sent.Length < content.Size)
            sent.Write(block, 0, content.Stamp(block, number, sent.Length));
        return sent.ToArray();
    }
}
