using System.Buffers;
using System.IO.Pipelines;
using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Bodies;

/// <summary>Reads lines and runs of data from a request's body.</summary>
internal sealed class BodyPipe(PipeReader reader)
{
    private const int MaxPadding = 4;

    /// <summary>Reads a line without its end into <paramref name="line"/>, which limits its length.</summary>
    /// <param name="line">Takes the line.</param>
    /// <param name="bareLineFeed">Whether the line may end with LF only, not CR LF.</param>
    /// <param name="cancel">Cancels waiting for bytes.</param>
    /// <returns>Length of the line.</returns>
    public async ValueTask<int> ReadLineAsync(Memory<byte> line, bool bareLineFeed, CancellationToken cancel)
    {
        while (true)
        {
            var result = await ReadAsync(cancel);
            if (TryTakeLine(result.Buffer, line.Span, bareLineFeed, out var length, out var consumed))
            {
                reader.AdvanceTo(consumed);
                return length;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted)
                throw new S3Exception(S3Errors.IncompleteBody);
        }
    }

    /// <summary>Reads at least one byte of data.</summary>
    public async ValueTask<int> ReadDataAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        while (true)
        {
            var result = await ReadAsync(cancel);
            var length = (int)Math.Min(result.Buffer.Length, buffer.Length);
            var data = result.Buffer.Slice(0, length);
            data.CopyTo(buffer.Span);
            reader.AdvanceTo(data.End);
            if (length > 0)
                return length;
            if (result.IsCompleted)
                throw new S3Exception(S3Errors.IncompleteBody);
        }
    }

    /// <summary>Nothing but a few line ends, which some clients add, may follow.</summary>
    public async ValueTask RequireEndAsync(CancellationToken cancel)
    {
        var padding = 0L;
        while (true)
        {
            var result = await ReadAsync(cancel);
            padding += result.Buffer.Length;
            var clean = padding <= MaxPadding && IsPadding(result.Buffer);
            reader.AdvanceTo(result.Buffer.End);
            if (!clean)
                throw new S3Exception(S3Errors.InvalidRequest, "The body goes on after its last chunk.");
            if (result.IsCompleted)
                return;
        }
    }

    private static bool TryTakeLine(
        in ReadOnlySequence<byte> buffer, Span<byte> line, bool bareLineFeed, out int length,
        out SequencePosition consumed)
    {
        var bytes = new SequenceReader<byte>(buffer);
        length = 0;
        consumed = default;
        if (!bytes.TryReadTo(out ReadOnlySequence<byte> found, (byte)'\n'))
            return buffer.Length <= line.Length + 1 ? false : throw Malformed();
        if (found.Length > line.Length + 1)
            throw Malformed();
        length = (int)found.Length;
        Span<byte> copy = stackalloc byte[length];
        found.CopyTo(copy);
        if (length > 0 && copy[^1] == '\r')
            length--;
        else if (!bareLineFeed)
            throw Malformed();
        if (length > line.Length)
            throw Malformed();
        copy[..length].CopyTo(line);
        consumed = bytes.Position;
        return true;
    }

    private static bool IsPadding(in ReadOnlySequence<byte> buffer)
    {
        foreach (var segment in buffer)
        {
            if (segment.Span.ContainsAnyExcept((byte)'\r', (byte)'\n'))
                return false;
        }

        return true;
    }

    private static S3Exception Malformed() =>
        new(S3Errors.InvalidRequest, "The body is not well-formed in the aws-chunked encoding.");

    private async ValueTask<ReadResult> ReadAsync(CancellationToken cancel)
    {
        try
        {
            return await reader.ReadAsync(cancel);
        }
        catch (BadHttpRequestException broken)
        {
            throw BodyStream.Translate(broken);
        }
    }
}
