using System.Buffers;
using System.Text;

namespace CasStore.Api.S3.Authentication;

/// <summary>AWS's UriEncode, applied to what was decoded first, so that any client's way of encoding gives one form.</summary>
internal static class UriEncoding
{
    private static readonly SearchValues<char> s_unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    public static void WritePath(Utf8Writer writer, ReadOnlySpan<char> rawPath) => Write(writer, rawPath, inPath: true);

    public static void WriteQueryPart(Utf8Writer writer, ReadOnlySpan<char> raw) => Write(writer, raw, inPath: false);

    private static void Write(Utf8Writer writer, ReadOnlySpan<char> raw, bool inPath)
    {
        while (!raw.IsEmpty)
        {
            var plain = raw.IndexOfAnyExcept(s_unreserved);
            writer.Write(plain < 0 ? raw : raw[..plain]);
            if (plain < 0)
                return;
            raw = raw[plain..];
            raw = raw[WriteReserved(writer, raw, inPath)..];
        }
    }

    /// <summary>Writes the first character or escape; returns how many characters it took.</summary>
    private static int WriteReserved(Utf8Writer writer, ReadOnlySpan<char> raw, bool inPath)
    {
        var first = raw[0];
        if (first == '%' && raw.Length >= 3 && char.IsAsciiHexDigit(raw[1]) && char.IsAsciiHexDigit(raw[2]))
        {
            WriteByte(writer, (byte)((HexValue(raw[1]) << 4) | HexValue(raw[2])), inPath);
            return 3;
        }

        if (first < 0x80)
        {
            WriteByte(writer, first == '+' && !inPath ? (byte)' ' : (byte)first, inPath);
            return 1;
        }

        _ = Rune.DecodeFromUtf16(raw, out var rune, out var taken);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var value in utf8[..rune.EncodeToUtf8(utf8)])
            WriteByte(writer, value, inPath);
        return taken;
    }

    private static void WriteByte(Utf8Writer writer, byte value, bool inPath)
    {
        if ((value < 0x80 && s_unreserved.Contains((char)value)) || (inPath && value == '/'))
        {
            writer.Write(value);
            return;
        }

        writer.Write((byte)'%');
        writer.Write("0123456789ABCDEF"u8[value >> 4]);
        writer.Write("0123456789ABCDEF"u8[value & 15]);
    }

    private static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
