using System.Buffers;

namespace CasStore.BlobCas.Hashing;

/// <summary>Whole blocks of one message, on their way into its state.</summary>
internal sealed unsafe class Md5Job
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MemoryHandle _pin;

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

    /// <summary>Lets go of the bytes, then tells who waits.</summary>
    public void Complete()
    {
        _pin.Dispose();
        _done.SetResult();
    }
}
