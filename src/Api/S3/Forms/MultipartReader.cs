using System.Buffers;
using System.Text;
using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Forms;

/// <summary>
/// Reads multipart/form-data part by part (RFC 7578) with one buffer, however long the parts are.
/// </summary>
internal sealed class MultipartReader : IDisposable
{
    private const int BufferSize = 64 * 1024;
    private const int MaxBoundary = 70;
    private const int MaxPartHeader = 8 * 1024;
    private const int MaxPreamble = 1024;

    private readonly Stream _body;
    private readonly byte[] _delimiter;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private int _start;
    private int _end;

    /// <summary>Begins to read.</summary>
    /// <param name="body">The body of the request.</param>
    /// <param name="boundary">What the request says that stands between the parts.</param>
    /// <exception cref="S3Exception">MalformedPOSTRequest: the boundary cannot be one.</exception>
    public MultipartReader(Stream body, string boundary)
    {
        if (boundary.Length is 0 or > MaxBoundary || !Ascii.IsValid(boundary))
            throw Malformed();
        _body = body;
        _delimiter = Encoding.ASCII.GetBytes($"\r\n--{boundary}");
        // The first delimiter has no line before it: give it one, and it is like the others.
        (_buffer[0], _buffer[1], _end) = ((byte)'\r', (byte)'\n', 2);
    }

    /// <summary>Goes to the next part, and reads its header; null at the end. What is left of this one must be
    /// little.</summary>
    /// <exception cref="S3Exception">MalformedPOSTRequest.</exception>
    public async ValueTask<PartHeader?> NextAsync(CancellationToken cancel)
    {
        var skipped = new byte[MaxPreamble];
        var left = MaxPreamble;
        while (await ReadAsync(skipped.AsMemory(0, left), cancel) is > 0 and var read)
        {
            if ((left -= read) == 0)
                throw Malformed();
        }
        _start += _delimiter.Length;
        while (_end - _start < 2)
            await FillAsync(cancel);
        if (_buffer.AsSpan(_start, 2).SequenceEqual("--"u8))
            return null;
        var line = await FindAsync("\r\n"u8.ToArray(), cancel);
        if (_buffer.AsSpan(_start, line).ContainsAnyExcept((byte)' ', (byte)'\t'))
            throw Malformed();
        // The line's end stays, for a header without lines.
        _start += line;
        var length = await FindAsync("\r\n\r\n"u8.ToArray(), cancel);
        var header = PartHeader.Parse(_buffer.AsSpan(_start, length));
        _start += length + 4;
        return header;
    }

    /// <summary>Reads content of this part; 0 at its end.</summary>
    /// <exception cref="S3Exception">MalformedPOSTRequest: the body ends within the part.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken cancel)
    {
        while (true)
        {
            var buffered = _buffer.AsMemory(_start, _end - _start);
            var at = buffered.Span.IndexOf(_delimiter);
            // Without a delimiter its beginning may be the end of what is here.
            var content = at >= 0 ? at : Math.Max(0, buffered.Length - _delimiter.Length + 1);
            if (content > 0)
            {
                var length = Math.Min(content, into.Length);
                buffered[..length].CopyTo(into);
                _start += length;
                return length;
            }
            if (at == 0)
                return 0;
            await FillAsync(cancel);
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    internal static S3Exception Malformed() => new(S3Errors.MalformedPostRequest);

    private async ValueTask<int> FindAsync(byte[] end, CancellationToken cancel)
    {
        while (true)
        {
            var at = _buffer.AsSpan(_start, _end - _start).IndexOf(end);
            if (at >= 0)
                return at;
            if (_end - _start > MaxPartHeader)
                throw Malformed();
            await FillAsync(cancel);
        }
    }

    private async ValueTask FillAsync(CancellationToken cancel)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        var read = await _body.ReadAsync(_buffer.AsMemory(_end), cancel);
        _end += read > 0 ? read : throw Malformed();
    }
}
