using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace CasStore.BlobCas.Hashing;

/// <summary>Up to 16 jobs that advance side by side; any may join or be done between two steps.</summary>
[SkipLocalsInit]
internal sealed unsafe class Md5Lanes
{
    /// <summary>Most jobs at once, however wide the instructions are.</summary>
    public const int Most = 16;

    /// <summary>Blocks in a step (16 KiB of each message): who joins waits for less than 40 µs.</summary>
    private const int Step = 256;

    // Below these counts one message after the other is faster than lanes that are mostly empty.
    private const int LeastFor8 = 3;
    private const int LeastFor16 = 2;

    private readonly Md5Job[] _jobs = new Md5Job[Most];
    private readonly Md5Level _level;

    public Md5Lanes(Md5Level level) => _level = level;

    public static Md5Level Best { get; } =
        Avx512F.IsSupported ? Md5Level.Avx512 : Avx2.IsSupported ? Md5Level.Avx2 : Md5Level.Portable;

    public int Count { get; private set; }

    public void Add(Md5Job job) => _jobs[Count++] = job;

    /// <summary>
    /// Hashes some blocks of every job; those that are done then leave, or make way for the next of their message.
    /// </summary>
    public void Advance()
    {
        var blocks = Step;
        for (var i = 0; i < Count; i++)
            blocks = Math.Min(blocks, _jobs[i].Blocks);
        var wide = _level == Md5Level.Avx512 && Avx512F.IsSupported;
        var narrow = _level >= Md5Level.Avx2 && Avx2.IsSupported;
        for (var at = 0; at < Count;)
        {
            var left = Count - at;
            if (wide && left >= LeastFor16)
                at += Hash(at, left, 16, blocks);
            else if (narrow && left >= LeastFor8)
                at += Hash(at, Math.Min(left, 8), 8, blocks);
            else
                HashOne(_jobs[at++], blocks);
        }
        Leave(blocks);
    }

    private static void HashOne(Md5Job job, int blocks)
    {
        fixed (uint* state = job.State)
            Md5Kernels.Hash1(job.Next, blocks, state);
    }

    /// <summary>Idle lanes hash the first job's blocks again, into a state that nobody reads.</summary>
    private int Hash(int at, int count, int lanes, int blocks)
    {
        byte** inputs = stackalloc byte*[Most];
        uint* state = stackalloc uint[4 * Most];
        for (var lane = 0; lane < lanes; lane++)
        {
            var job = _jobs[lane < count ? at + lane : at];
            inputs[lane] = job.Next;
            for (var word = 0; word < 4; word++)
                state[(word * lanes) + lane] = job.State[word];
        }
        if (lanes == 16)
            Md5Kernels.Hash16(inputs, blocks, state);
        else
            Md5Kernels.Hash8(inputs, blocks, state);
        for (var lane = 0; lane < count; lane++)
        {
            for (var word = 0; word < 4; word++)
                _jobs[at + lane].State[word] = state[(word * lanes) + lane];
        }
        return count;
    }

    private void Leave(int blocks)
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            var job = _jobs[i];
            job.Advance(blocks);
            if ((job.Blocks > 0 ? job : job.Complete()) is { } staying)
                _jobs[kept++] = staying;
        }
        Array.Clear(_jobs, kept, Count - kept);
        Count = kept;
    }
}
