using CasStore.BlobCas;
using CasStore.BlobCas.Hashing;

namespace CasStore.Tests.Unit.BlobCas.Hashing;

/// <summary>The vectors of xxHash's own sanity test, for seed 0; each range of lengths has its own formula.</summary>
/// <remarks>https://github.com/Cyan4973/xxHash/blob/dev/tests/sanity_test_vectors.h</remarks>
public sealed class XxHashTests
{
    private static readonly byte[] s_input = Input(4160);

    [Theory]
    [InlineData(0, 0xEF46DB3751D8E999)]
    [InlineData(1, 0xE934A84ADB052768)]
    [InlineData(3, 0xFF7E1959CB50794A)]
    [InlineData(4, 0x9136A0DCA57457EE)]
    [InlineData(8, 0xCDBCF538E71D1348)]
    [InlineData(14, 0x8282DCC4994E35C8)]
    [InlineData(17, 0x0D39A2D051A30C2C)]
    [InlineData(32, 0x18B216492BB44B70)]
    [InlineData(33, 0x55C8DC3E578F5B59)]
    [InlineData(222, 0xB641AE8CB691C174)]
    [InlineData(4160, 0xEEE6A4E2AC952A5E)]
    public void XxHash64_has_the_published_values(int length, ulong expected) =>
        Sum(ChecksumAlgorithm.XxHash64, length).ShouldBe($"{expected:x16}");

    [Theory]
    [InlineData(0, 0x2D06800538D394C2)]
    [InlineData(1, 0xC44BDFF4074EECDB)]
    [InlineData(3, 0x54247382A8D6B94D)]
    [InlineData(4, 0xE5DC74BC51848A51)]
    [InlineData(8, 0x24CCC9ACAA9F65E4)]
    [InlineData(9, 0x14D5001C15DD3F2B)]
    [InlineData(16, 0x981B17D36C7498C9)]
    [InlineData(17, 0x796F5ACD3A60F862)]
    [InlineData(64, 0x9CB48487720EC49D)]
    [InlineData(128, 0xFCFF24126754D861)]
    [InlineData(129, 0x98F1B0A679A2CA29)]
    [InlineData(222, 0xB9163B558664D356)]
    [InlineData(240, 0x81C3C2B67F568CCF)]
    [InlineData(241, 0xC5A639ECD2030E5E)]
    [InlineData(403, 0xCDEB804D65C6DEA4)]
    [InlineData(512, 0x617E49599013CB6B)]
    [InlineData(2048, 0xDD59E2C3A5F038E0)]
    [InlineData(4160, 0x4F323B15321E94E1)]
    public void XxHash3_has_the_published_values(int length, ulong expected) =>
        Sum(ChecksumAlgorithm.XxHash3, length).ShouldBe($"{expected:x16}");

    [Theory]
    [InlineData(0, 0x99AA06D3014798D8, 0x6001C324468D497F)]
    [InlineData(1, 0xA6CD5E9392000F6A, 0xC44BDFF4074EECDB)]
    [InlineData(6, 0x082AFE0B8162D12A, 0x3E7039BDDA43CFC6)]
    [InlineData(12, 0x6E3EFD8FC7802B18, 0x061A192713F69AD9)]
    [InlineData(16, 0xC68C368ECF8A9C05, 0x562980258A998629)]
    [InlineData(24, 0x0CE966E4678D3761, 0x1E7044D28B1B901D)]
    [InlineData(48, 0xA002AC4E5478227E, 0xF942219AED80F67B)]
    [InlineData(81, 0x4952F58181AB0042, 0x5E8BAFB9F95FB803)]
    [InlineData(129, 0x03815FC91F1B30B6, 0x86C9E3BC8F0A3B5C)]
    [InlineData(222, 0x337E09641B948717, 0xF1AEBD597CEC6B3A)]
    [InlineData(241, 0x99A80ECF0ECFC647, 0xC5A639ECD2030E5E)]
    [InlineData(2367, 0xE89C0F6FF369B427, 0xCB37AEB9E5D361ED)]
    [InlineData(4160, 0x67140711C1E3E335, 0x4F323B15321E94E1)]
    public void XxHash128_has_the_published_values(int length, ulong high, ulong low) =>
        Sum(ChecksumAlgorithm.XxHash128, length).ShouldBe($"{high:x16}{low:x16}");

    [Theory]
    [InlineData(ChecksumAlgorithm.XxHash64)]
    [InlineData(ChecksumAlgorithm.XxHash3)]
    [InlineData(ChecksumAlgorithm.XxHash128)]
    public void Pieces_of_any_size_give_the_value_of_the_whole(ChecksumAlgorithm algorithm)
    {
        foreach (var length in (int[])[5, 240, 241, 256, 257, 300, 319, 320, 321, 1024, 1025, 2200, 4160])
        {
            foreach (var piece in (int[])[1, 3, 31, 63, 64, 65, 255, 256, 257, 1000])
            {
                using var checksum = Checksum.Create(algorithm);
                for (var at = 0; at < length; at += piece)
                    checksum.Append(s_input.AsSpan(at, Math.Min(piece, length - at)));
                Convert.ToHexStringLower(checksum.Finish()).ShouldBe(Sum(algorithm, length), $"{piece} of {length}");
            }
        }
    }

    private static string Sum(ChecksumAlgorithm algorithm, int length)
    {
        using var checksum = Checksum.Create(algorithm);
        checksum.Append(s_input.AsSpan(0, length));
        return Convert.ToHexStringLower(checksum.Finish());
    }

    private static byte[] Input(int length)
    {
        var input = new byte[length];
        var next = 2654435761UL;
        foreach (ref var value in input.AsSpan())
        {
            value = (byte)(next >> 56);
            next *= 11400714785074694797;
        }
        return input;
    }
}
