using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace CasStore.BlobCas.Hashing;

/// <summary>The MD5 (RFC 1321) of one message, whose blocks an engine hashes.</summary>
internal sealed unsafe class Md5Message : IDisposable
{
    public const int BlockSize = 64;
    public const int DigestSize = 16;

    private readonly uint[] _state = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476];
    private readonly byte[] _rest = new byte[2 * BlockSize];
    private readonly Md5Engine _engine;
    private long _length;
    private bool _ended;
    private Md5Job? _last;

    internal Md5Message(Md5Engine engine) => _engine = engine;

    private int RestLength => (int)(_length % BlockSize);

    /// <summary>
    /// Hashes more bytes, which must stay as they are until it completes. It ends by itself, soon. More may be appended
    /// before that, if all before it was of whole blocks.
    /// </summary>
    public Task AppendAsync(ReadOnlyMemory<byte> bytes)
    {
        var held = RestLength;
        if (held > 0 && _last is { Done.IsCompleted: false })
            throw new InvalidOperationException("What was appended before has to be hashed first.");
        _length += bytes.Length;
        if (held > 0)
        {
            var taken = Math.Min(BlockSize - held, bytes.Length);
            bytes.Span[..taken].CopyTo(_rest.AsSpan(held));
            bytes = bytes[taken..];
            if (held + taken < BlockSize)
                return Task.CompletedTask;
            HashRest(1);
        }
        var whole = bytes.Length - RestLength;
        bytes.Span[whole..].CopyTo(_rest);
        if (whole == 0)
            return Task.CompletedTask;
        var before = _last;
        _last = new Md5Job(_state, bytes[..whole]);
        _engine.Begin(_last, before);
        return _last.Done;
    }

    /// <summary>The digest of all that was appended; nothing may be appended any more.</summary>
    public byte[] Finish()
    {
        var length = RestLength;
        var blocks = length + 1 + sizeof(long) <= BlockSize ? 1 : 2;
        var end = blocks * BlockSize;
        _rest[length] = 0x80;
        _rest.AsSpan(length + 1, end - length - 1).Clear();
        BinaryPrimitives.WriteInt64LittleEndian(_rest.AsSpan(end - sizeof(long)), _length * 8);
        HashRest(blocks);
        var digest = new byte[DigestSize];
        MemoryMarshal.AsBytes(_state.AsSpan()).CopyTo(digest);
        return digest;
    }

    public void Dispose()
    {
        if (_ended)
            return;
        _ended = true;
        _engine.End();
    }

    private void HashRest(int blocks)
    {
        fixed (byte* rest = _rest)
        {
            fixed (uint* state = _state)
                Md5Kernels.Hash1(rest, blocks, state);
        }
    }
}
