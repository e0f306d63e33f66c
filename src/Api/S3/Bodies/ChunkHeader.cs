using System.Globalization;
using System.Text;
using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Bodies;

/// <summary>The line that begins a chunk: its size in hexadecimal and, when chunks are signed, its signature.</summary>
internal readonly record struct ChunkHeader(long Size, string? Signature)
{
    /// <summary>Longest line that is read.</summary>
    public const int MaxLength = 128;

    private const int SignatureLength = 64;
    private const int MaxDigits = 15;

    public static ChunkHeader Parse(ReadOnlySpan<byte> line, bool signed)
    {
        var semicolon = line.IndexOf((byte)';');
        if (semicolon >= 0 != signed)
            throw Malformed();
        var digits = signed ? line[..semicolon] : line;
        if (digits.Length is 0 or > MaxDigits ||
            !long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size))
        {
            throw Malformed();
        }

        if (!signed)
            return new ChunkHeader(size, Signature: null);
        var extension = line[(semicolon + 1)..];
        var name = "chunk-signature="u8;
        if (!extension.StartsWith(name) || extension.Length != name.Length + SignatureLength)
            throw Malformed();
        return new ChunkHeader(size, Encoding.ASCII.GetString(extension[name.Length..]));
    }

    private static S3Exception Malformed() =>
        new(S3Errors.InvalidRequest, "The header of a chunk is not well-formed.");
}
