using System.Buffers.Text;
using System.Text;

namespace CasStore.Bench.Http;

/// <summary>What of an answer's status line and headers decides where its body ends.</summary>
/// <param name="Status">Such as 200.</param>
/// <param name="ContentLength">−1: not told.</param>
/// <param name="IsChunked">The body comes in chunks.</param>
/// <param name="Closes">The server closes the connection after it.</param>
internal readonly record struct ResponseHead(int Status, long ContentLength, bool IsChunked, bool Closes)
{
    /// <summary>Parses a head without its last empty line.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static ResponseHead Parse(ReadOnlySpan<byte> bytes)
    {
        // "HTTP/1.1 200 OK"
        if (!bytes.StartsWith("HTTP/1."u8) || bytes.Length < 12
            || !Utf8Parser.TryParse(bytes[9..12], out int status, out _))
            throw new InvalidDataException("That is no answer of HTTP/1.");
        var head = new ResponseHead(status, ContentLength: -1, IsChunked: false, Closes: bytes[7] == '0');
        for (var end = bytes.IndexOf((byte)'\n'); end >= 0; end = bytes.IndexOf((byte)'\n'))
        {
            bytes = bytes[(end + 1)..];
            var next = bytes.IndexOf((byte)'\n');
            head = head.With(next < 0 ? bytes : bytes[..next]);
        }
        return head;
    }

    private ResponseHead With(ReadOnlySpan<byte> line)
    {
        if (TryValue(line, "content-length:"u8, out var value))
        {
            return Utf8Parser.TryParse(value, out long length, out var used) && used == value.Length && length >= 0
                ? this with { ContentLength = length }
                : throw new InvalidDataException("The answer's length is no number.");
        }
        if (TryValue(line, "transfer-encoding:"u8, out value))
            return this with { IsChunked = Ascii.EqualsIgnoreCase(value, "chunked"u8) };
        return TryValue(line, "connection:"u8, out value)
            ? this with { Closes = Ascii.EqualsIgnoreCase(value, "close"u8) }
            : this;
    }

    private static bool TryValue(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var has = line.Length > name.Length && Ascii.EqualsIgnoreCase(line[..name.Length], name);
        value = has ? line[name.Length..].Trim(" \t\r"u8) : default;
        return has;
    }
}
