using System.Buffers;

namespace CasStore.BlobCas.Hashing;

/// <summary>Whole blocks of one message, on their way into its state. The ones after them may wait for that.</summary>
internal sealed unsafe class Md5Job
{
    // Stands for: nothing can follow any more.
    private static readonly Md5Job s_none = new([], default);

    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MemoryHandle _pin;
    private Md5Job? _successor;

    /// <param name="state">The message's state, 4 words, which nothing else uses until the job is done.</param>
    /// <param name="bytes">Whole blocks, at least one.</param>
    public Md5Job(uint[] state, ReadOnlyMemory<byte> bytes)
    {
        State = state;
        Blocks = bytes.Length / Md5Message.BlockSize;
        _pin = bytes.Pin();
        Next = (byte*)_pin.Pointer;
    }

    public uint[] State { get; }

    /// <summary>Blocks that are left.</summary>
    public int Blocks { get; private set; }

    /// <summary>The first of them.</summary>
    public byte* Next { get; private set; }

    public Task Done => _done.Task;

    public void Advance(int blocks)
    {
        Blocks -= blocks;
        Next += (nint)blocks * Md5Message.BlockSize;
    }

    /// <summary>Has a job begin when this one is done, on the same state; false when this one is done.</summary>
    public bool TryPrecede(Md5Job successor) =>
        Interlocked.CompareExchange(ref _successor, successor, null) is null;

    /// <summary>Lets go of the bytes and tells who waits. Returns the job that may begin now, if any.</summary>
    public Md5Job? Complete()
    {
        _pin.Dispose();
        var successor = Interlocked.Exchange(ref _successor, s_none);
        _done.SetResult();
        return successor;
    }
}
