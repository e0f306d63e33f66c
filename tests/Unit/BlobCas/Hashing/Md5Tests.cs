using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using System.Text;
using CasStore.BlobCas.Hashing;
using FsCheck;
using FsCheck.Fluent;

namespace CasStore.Tests.Unit.BlobCas.Hashing;

/// <summary>Many messages at once, on every level of instructions that this processor has.</summary>
public sealed class Md5Tests
{
    public static TheoryData<int, int> Engines
    {
        get
        {
            var engines = new TheoryData<int, int>();
            foreach (var level in Enum.GetValues<Md5Level>().Where(IsSupported))
            {
                foreach (var processors in new[] { 1, 16 })
                    engines.Add((int)level, processors);
            }
            return engines;
        }
    }

    // RFC 1321, appendix A.5.
    [Theory]
    [InlineData("", "d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("a", "0cc175b9c0f1b6a831c399e269772661")]
    [InlineData("abc", "900150983cd24fb0d6963f7d28e17f72")]
    [InlineData("message digest", "f96b697d7cb7938d525a2f31aaf161d0")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b")]
    [InlineData(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "d174ab98d277d9f5a5611c2c9f419d9f")]
    [InlineData(
        "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
        "57edf4a22be3c955ac49da2e2107b67a")]
    public async Task Gives_the_digests_of_RFC_1321(string text, string digest)
    {
        using var message = new Md5Engine().Begin();
        await message.AppendAsync(Encoding.ASCII.GetBytes(text));
        Convert.ToHexStringLower(message.Finish()).ShouldBe(digest);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Every_length_up_to_some_blocks_is_hashed_right(int level, int processors)
    {
        var engine = new Md5Engine((Md5Level)level, processors);
        var bytes = RandomNumberGenerator.GetBytes(300);

        var digests = await Task.WhenAll(
            Enumerable.Range(0, bytes.Length + 1).Select(length => HashAsync(engine, bytes.AsMemory(0, length), [])));

        digests.ShouldBe(Enumerable.Range(0, bytes.Length + 1).Select(length => Expected(bytes.AsSpan(0, length))));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Messages_of_any_number_length_and_split_do_not_disturb_each_other(int level, int processors)
    {
        var engine = new Md5Engine((Md5Level)level, processors);
        var message = Gen.Zip(Gen.OneOf(Gen.Choose(0, 300), Gen.Choose(0, 100_000)), Gen.ListOf(Gen.Choose(0, 40_000)));
        var messages = Gen.Choose(1, 40).SelectMany(count => Gen.ListOf(message, count));

        Prop.ForAll(messages.ToArbitrary(), async cases =>
        {
            var inputs = cases.ConvertAll(one => (Bytes: RandomNumberGenerator.GetBytes(one.Item1), Cuts: one.Item2));
            var digests = await Task.WhenAll(
                inputs.Select(one => Task.Run(() => HashAsync(engine, one.Bytes, one.Cuts))));
            return digests.SequenceEqual(inputs.Select(one => Expected(one.Bytes)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Whole_blocks_may_be_appended_before_those_before_them_are_hashed(int level, int processors)
    {
        var engine = new Md5Engine((Md5Level)level, processors);
        var pieces = Gen.ListOf(Gen.Choose(1, 600));
        var messages = Gen.Choose(1, 20).SelectMany(count => Gen.ListOf(Gen.Zip(pieces, Gen.Choose(0, 63)), count));

        Prop.ForAll(messages.ToArbitrary(), async cases =>
        {
            var digests = await Task.WhenAll(cases.Select(one => Task.Run(async () =>
            {
                using var message = engine.Begin();
                int[] lengths = [.. one.Item1.Select(blocks => blocks * Md5Message.BlockSize), one.Item2];
                ReadOnlyMemory<byte> bytes = RandomNumberGenerator.GetBytes(lengths.Sum());
                var (appended, at) = (new List<Task>(), 0);
                foreach (var length in lengths)
                {
                    appended.Add(message.AppendAsync(bytes.Slice(at, length)));
                    at += length;
                }
                await Task.WhenAll(appended);
                return (Convert.ToHexStringLower(message.Finish()), Expected(bytes.Span));
            })));
            return digests.All(both => both.Item1 == both.Item2);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Jobs_may_join_and_leave_lanes_between_any_two_steps(int level, int processors)
    {
        var random = new System.Random(processors);
        var lanes = new Md5Lanes((Md5Level)level);
        var running = new List<(Md5Job Job, byte[] Bytes, uint[] State)>();
        for (var step = 0; step < 200; step++)
        {
            while (lanes.Count < random.Next(Md5Lanes.Most + 1))
            {
                var bytes = new byte[random.Next(1, 1_000) * Md5Message.BlockSize];
                random.NextBytes(bytes);
                uint[] state = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476];
                running.Add((new Md5Job(state, bytes), bytes, state));
                lanes.Add(running[^1].Job);
            }
            if (lanes.Count > 0)
                lanes.Advance();
            foreach (var (_, bytes, state) in running.Where(one => one.Job.Done.IsCompleted))
                state.ShouldBe(StateAfter(bytes));
            running.RemoveAll(one => one.Job.Done.IsCompleted);
        }
    }

    private static bool IsSupported(Md5Level level) => level switch
    {
        Md5Level.Avx512 => Avx512F.IsSupported,
        Md5Level.Avx2 => Avx2.IsSupported,
        _ => true,
    };

    private static async Task<string> HashAsync(Md5Engine engine, ReadOnlyMemory<byte> bytes, IEnumerable<int> cuts)
    {
        using var message = engine.Begin();
        foreach (var cut in cuts)
        {
            var piece = Math.Min(cut, bytes.Length);
            await message.AppendAsync(bytes[..piece]);
            bytes = bytes[piece..];
        }
        await message.AppendAsync(bytes);
        return Convert.ToHexStringLower(message.Finish());
    }

    private static string Expected(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));

    private static unsafe uint[] StateAfter(byte[] bytes)
    {
        uint[] state = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476];
        fixed (byte* start = bytes)
        {
            fixed (uint* words = state)
                Md5Kernels.Hash1(start, bytes.Length / Md5Message.BlockSize, words);
        }
        return state;
    }
}
