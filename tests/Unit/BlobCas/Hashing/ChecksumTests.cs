using System.Security.Cryptography;
using CasStore.BlobCas;
using CasStore.BlobCas.Hashing;
using FsCheck;
using FsCheck.Fluent;

namespace CasStore.Tests.Unit.BlobCas.Hashing;

public sealed class ChecksumTests
{
    private static readonly (ReflectedCrc Crc, ulong Polynomial, int Bits)[] Crcs =
    [
        (ReflectedCrc.Crc32, 0x04C11DB7, 32),
        (ReflectedCrc.Crc32C, 0x1EDC6F41, 32),
        (ReflectedCrc.Crc64Nvme, 0xAD93D23594C93659, 64),
    ];

    [Theory]
    [InlineData(ChecksumAlgorithm.Crc32, "cbf43926")]
    [InlineData(ChecksumAlgorithm.Crc32C, "e3069283")]
    [InlineData(ChecksumAlgorithm.Crc64Nvme, "ae8b14860a799888")]
    [InlineData(ChecksumAlgorithm.Sha1, "f7c3bc1d808e04732adf679965ccc34ca7ae3441")]
    [InlineData(ChecksumAlgorithm.Sha256, "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225")]
    [InlineData(ChecksumAlgorithm.Md5, "25f9e794323b453885f5181f1b624d0b")]
    [InlineData(ChecksumAlgorithm.Sha512,
        "d9e6762dd1c8eaf6d61b3c6192fc408d4d6d5f1176d0c29169bc24e71c3f274a" +
        "d27fcd5811b313d681f7e55ec02d73d499c95455b6b5bb503acf574fba8ffe85")]
    public void Has_the_known_check_value(ChecksumAlgorithm algorithm, string expected) =>
        Convert.ToHexStringLower(Sum(algorithm, "123456789"u8)).ShouldBe(expected);

    [Theory]
    [InlineData(ChecksumAlgorithm.Crc32, "00000000")]
    [InlineData(ChecksumAlgorithm.Crc32C, "00000000")]
    [InlineData(ChecksumAlgorithm.Crc64Nvme, "0000000000000000")]
    [InlineData(ChecksumAlgorithm.Sha1, "da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    [InlineData(ChecksumAlgorithm.Sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void Of_nothing_has_the_known_value(ChecksumAlgorithm algorithm, string expected) =>
        Convert.ToHexStringLower(Sum(algorithm, [])).ShouldBe(expected);

    [Fact]
    public void Crcs_agree_with_bitwise_division_at_every_length_whichever_way_they_are_summed()
    {
        var data = new byte[1_300];
        new Random(1).NextBytes(data);
        foreach (var (crc, polynomial, bits) in Crcs)
        {
            for (var length = 0; length < data.Length; length++)
            {
                var bytes = data.AsSpan(0, length);
                var expected = Divide(bytes, polynomial, bits);
                crc.Finish(crc.Append(crc.Start, bytes)).ShouldBe(expected, $"{bits} bits, {length} bytes");
                crc.Finish(crc.AppendByTable(crc.Start, bytes)).ShouldBe(expected, $"{bits} bits, {length} bytes");
            }
        }
    }

    [Fact]
    public void Where_the_input_is_split_makes_no_difference() => ForAllSplits((algorithm, first, second) =>
    {
        using var checksum = Checksum.Create(algorithm);
        checksum.Append(first);
        checksum.Append(second);
        return checksum.Finish().SequenceEqual(Sum(algorithm, [.. first, .. second]));
    });

    [Fact]
    public void Crcs_of_parts_combine_to_that_of_the_whole() => ForAllSplits((algorithm, first, second) =>
    {
        if (algorithm is not (ChecksumAlgorithm.Crc32 or ChecksumAlgorithm.Crc32C or ChecksumAlgorithm.Crc64Nvme))
            return true;
        var combined = CrcCombine.Combine(algorithm, Sum(algorithm, first), Sum(algorithm, second), second.Length);
        return combined.SequenceEqual(Sum(algorithm, [.. first, .. second]));
    });

    [Fact]
    public void Combining_handles_lengths_beyond_what_memory_holds()
    {
        const long Tebibyte = 1L << 40;
        byte[] first = [1, 2, 3, 4], second = [5, 6, 7, 8], third = [9, 10, 11, 12];

        var leftFirst = Combine(Combine(first, second, Tebibyte), third, 3 * Tebibyte);
        var rightFirst = Combine(first, Combine(second, third, 3 * Tebibyte), 4 * Tebibyte);

        leftFirst.ShouldBe(rightFirst);

        static byte[] Combine(byte[] a, byte[] b, long length) =>
            CrcCombine.Combine(ChecksumAlgorithm.Crc32C, a, b, length);
    }

    [Fact]
    public void Digests_do_not_combine() => Should.Throw<ArgumentException>(
        () => CrcCombine.Combine(ChecksumAlgorithm.Sha256, new byte[32], new byte[32], 1));

    [Fact]
    public void A_checksum_of_another_length_does_not_combine() => Should.Throw<ArgumentException>(
        () => CrcCombine.Combine(ChecksumAlgorithm.Crc32, new byte[4], new byte[8], 1));

    [Fact]
    public void Starts_anew_after_finishing()
    {
        foreach (var algorithm in Enum.GetValues<ChecksumAlgorithm>())
        {
            using var checksum = Checksum.Create(algorithm);
            checksum.Append("before"u8);
            checksum.Finish();
            checksum.Append("after"u8);
            checksum.Finish().ShouldBe(Sum(algorithm, "after"u8));
        }
    }

    [Fact]
    public void Sha_agrees_with_the_framework()
    {
        var data = RandomNumberGenerator.GetBytes(100_000);
        Sum(ChecksumAlgorithm.Sha256, data).ShouldBe(SHA256.HashData(data));
    }

    private static void ForAllSplits(Func<ChecksumAlgorithm, byte[], byte[], bool> holds)
    {
        var cases = from algorithm in Gen.Elements(Enum.GetValues<ChecksumAlgorithm>())
                    from first in Gen.Choose(0, 5_000)
                    from second in Gen.Choose(0, 5_000)
                    from seed in Gen.Choose(0, int.MaxValue)
                    select (algorithm, first, second, seed);
        Prop.ForAll(cases.ToArbitrary(), given =>
        {
            var random = new Random(given.seed);
            var (first, second) = (new byte[given.first], new byte[given.second]);
            random.NextBytes(first);
            random.NextBytes(second);
            return holds(given.algorithm, first, second);
        }).QuickCheckThrowOnFailure();
    }

    private static byte[] Sum(ChecksumAlgorithm algorithm, ReadOnlySpan<byte> data)
    {
        using var checksum = Checksum.Create(algorithm);
        checksum.Append(data);
        return checksum.Finish();
    }

    /// <summary>The definition: reflected in and out, ones before and after, one bit at a time.</summary>
    private static ulong Divide(ReadOnlySpan<byte> data, ulong polynomial, int bits)
    {
        var (ones, top) = (ulong.MaxValue >> (64 - bits), 1UL << (bits - 1));
        var register = ones;
        foreach (var b in data)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var carry = ((register & top) != 0) ^ ((b >> bit & 1) != 0);
                register = (register << 1 & ones) ^ (carry ? polynomial : 0);
            }
        }
        var reflected = 0UL;
        for (var bit = 0; bit < bits; bit++)
            reflected |= (register >> bit & 1) << (bits - 1 - bit);
        return reflected ^ ones;
    }
}
