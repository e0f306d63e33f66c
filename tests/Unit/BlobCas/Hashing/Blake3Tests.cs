using System.Diagnostics;
using System.Globalization;
using CasStore.BlobCas;
using CasStore.BlobCas.Hashing;
using FsCheck;
using FsCheck.Fluent;

namespace CasStore.Tests.Unit.BlobCas.Hashing;

public sealed class Blake3Tests
{
    public static TheoryData<int> Levels =>
        [.. Enum.GetValues<Blake3Level>().Where(level => level <= Blake3Lanes.Best).Select(level => (int)level)];

    [Theory]
    [MemberData(nameof(Levels))]
    public void Agrees_with_the_official_vectors(int level)
    {
        foreach (var (length, digest) in Vectors())
            HashInOne((Blake3Level)level, Pattern(length)).ShouldBe(digest, $"length {length}");
    }

    [Fact]
    public void The_static_hash_agrees_with_the_official_vectors()
    {
        foreach (var (length, digest) in Vectors())
            Blake3.Hash(Pattern(length)).ToString().ShouldBe(digest, $"length {length}");
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Every_level_agrees_with_the_portable_one_at_every_number_of_chunks(int level)
    {
        for (var chunks = 0; chunks <= 70; chunks++)
        {
            foreach (var extra in new[] { 0, 1, 63, 64, 65, 1023 })
            {
                var data = Pattern((chunks * 1024) + extra);
                HashInOne((Blake3Level)level, data)
                    .ShouldBe(HashInOne(Blake3Level.Portable, data), $"length {data.Length}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Where_the_input_is_split_makes_no_difference(int level)
    {
        var cases = from length in Gen.Choose(0, 600_000)
                    from seed in Gen.Choose(0, int.MaxValue)
                    select (length, seed);
        Prop.ForAll(cases.ToArbitrary(), given =>
        {
            var random = new Random(given.seed);
            var data = new byte[given.length];
            random.NextBytes(data);
            var hasher = new Blake3((Blake3Level)level);
            var longest = 1 << random.Next(1, 20);
            for (var at = 0; at < data.Length;)
            {
                var length = Math.Min(random.Next(longest), data.Length - at);
                hasher.Append(data.AsSpan(at, length));
                at += length;
            }
            return Finish(hasher) == HashInOne(Blake3Level.Portable, data);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Finishing_does_not_disturb_what_is_appended_after()
    {
        var data = Pattern(5_000);
        var hasher = new Blake3();
        for (var at = 0; at < data.Length; at += 100)
        {
            hasher.Append(data.AsSpan(at, 100));
            Finish(hasher).ShouldBe(Blake3.Hash(data.AsSpan(0, at + 100)).ToString());
        }
    }

    [Fact]
    public void Reset_forgets_everything()
    {
        var hasher = new Blake3();
        hasher.Append(Pattern(300_001));
        hasher.Reset();
        hasher.Append(Pattern(7));

        Finish(hasher).ShouldBe(Blake3.Hash(Pattern(7)).ToString());
    }

    [Fact]
    public async Task Agrees_with_b3sum_on_many_lengths()
    {
        var random = new Random(20_120);
        var lengths = Enumerable.Range(0, 40).Select(i => (1 << (i % 21)) + random.Next(-1, 1 << (i % 21)));
        foreach (var length in lengths.Append(3 << 20))
        {
            var data = new byte[length];
            random.NextBytes(data);
            Blake3.Hash(data).ToString().ShouldBe(await B3Sum(data), $"length {length}");
        }
    }

    [Fact]
    public void A_digest_needs_32_bytes_of_room() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Blake3().Finish(new byte[31]));

    private static async Task<string> B3Sum(byte[] data)
    {
        var paths = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(p => Path.Combine(p, "b3sum"));
        var tool = paths.FirstOrDefault(File.Exists);
        tool.ShouldNotBeNull("b3sum is not in PATH; Debian's package b3sum has it.");
        using var process = Process.Start(new ProcessStartInfo(tool, "--no-names")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        });
        process.ShouldNotBeNull();
        await process.StandardInput.BaseStream.WriteAsync(data);
        process.StandardInput.Close();
        var digest = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        return digest.Trim();
    }

    private static IEnumerable<(int Length, string Digest)> Vectors() =>
        from line in File.ReadLines(RepositoryFiles.PathOf("tests/Unit/BlobCas/Hashing/blake3-vectors.txt"))
        where line[0] != '#'
        let fields = line.Split(' ')
        select (int.Parse(fields[0], CultureInfo.InvariantCulture), fields[1]);

    private static byte[] Pattern(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i % 251))];

    private static string HashInOne(Blake3Level level, byte[] data)
    {
        var hasher = new Blake3(level);
        hasher.Append(data);
        return Finish(hasher);
    }

    private static string Finish(Blake3 hasher)
    {
        var digest = new byte[BlobDigest.Size];
        hasher.Finish(digest);
        return Convert.ToHexStringLower(digest);
    }
}
