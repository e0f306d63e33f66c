using System.Buffers.Text;

namespace CasStore.Bench.Http;

/// <summary>
/// Reads one answer after another from bytes as they arrive: bodies with a length, in chunks, or up to the close.
/// It keeps no bytes: what it does not use must be given again, with more behind it.
/// </summary>
internal sealed class ResponseReader(IResponseBody body)
{
    private const int LongestHead = 64 * 1024;
    private Part _part;
    private long _left;
    private bool _hasNoBody;

    private enum Part
    {
        Head, Body, ChunkLength, Chunk, ChunkEnd, Trailer, UntilClose, Complete,
    }

    /// <summary>The newest answer's head.</summary>
    public ResponseHead Head { get; private set; }

    /// <summary>Expects another answer.</summary>
    public void Begin(bool toHead)
    {
        _part = Part.Head;
        _hasNoBody = toHead;
    }

    /// <summary>Reads on, and says whether the answer is complete.</summary>
    /// <exception cref="InvalidDataException">The bytes are no answer.</exception>
    public bool Read(ReadOnlySpan<byte> received, out int used)
    {
        used = 0;
        while (_part != Part.Complete && Step(received[used..]) is var step and > 0)
            used += step;
        return _part == Part.Complete;
    }

    /// <summary>The server closed the connection: says whether that completes the answer.</summary>
    public bool Close() => _part is Part.UntilClose or Part.Complete;

    // How many bytes a part took; 0: it needs more.
    private int Step(ReadOnlySpan<byte> bytes) => _part switch
    {
        Part.Head => ReadHead(bytes),
        Part.Body or Part.Chunk or Part.UntilClose => ReadBody(bytes),
        _ => ReadLine(bytes),
    };

    private int ReadHead(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return bytes.Length > LongestHead ? throw new InvalidDataException("The answer's head has no end.") : 0;
        Head = ResponseHead.Parse(bytes[..end]);
        // 100 Continue and the like come before the answer.
        if (Head.Status >= 200)
            BeginBody();
        return end + 4;
    }

    private void BeginBody()
    {
        _left = Head.ContentLength;
        _part = _hasNoBody || Head.Status is 204 or 304 ? Part.Complete
            : Head.IsChunked ? Part.ChunkLength
            : _left == 0 ? Part.Complete
            : _left > 0 ? Part.Body
            : Part.UntilClose;
    }

    private int ReadBody(ReadOnlySpan<byte> bytes)
    {
        if (_part != Part.UntilClose)
        {
            bytes = bytes[..(int)Math.Min(bytes.Length, _left)];
            _left -= bytes.Length;
            if (_left == 0)
                _part = _part == Part.Chunk ? Part.ChunkEnd : Part.Complete;
        }
        body.Write(bytes);
        return bytes.Length;
    }

    private int ReadLine(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n"u8);
        if (end < 0)
            return bytes.Length > LongestHead ? throw new InvalidDataException("A line of a chunk has no end.") : 0;
        if (_part == Part.ChunkLength)
        {
            if (!Utf8Parser.TryParse(bytes[..end], out _left, out var digits, 'x') || digits == 0 || _left < 0)
                throw new InvalidDataException("A chunk's length is no number.");
            _part = _left == 0 ? Part.Trailer : Part.Chunk;
        }
        else
        {
            _part = _part == Part.ChunkEnd ? Part.ChunkLength : end == 0 ? Part.Complete : Part.Trailer;
        }
        return end + 2;
    }
}
