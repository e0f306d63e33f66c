using System.Globalization;
using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Headers;

/// <summary>A run of an object's bytes.</summary>
/// <param name="Offset">First byte.</param>
/// <param name="Length">Number of bytes.</param>
public readonly record struct ByteRange(long Offset, long Length)
{
    /// <summary>
    /// The range that a Range header asks of an object; null for the whole: no header, another unit, several ranges or
    /// bad syntax, all of which S3 passes over (RFC 9110 §14.2).
    /// </summary>
    /// <exception cref="S3Exception">InvalidRange: no byte of the object is in it.</exception>
    public static ByteRange? Parse(string? header, long size)
    {
        const string Unit = "bytes=";
        if (header is null || !header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase))
            return null;
        var dash = header.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0 || header.Contains(',', StringComparison.Ordinal))
            return null;
        var (from, to) = (header[Unit.Length..dash].Trim(), header[(dash + 1)..].Trim());
        if (from.Length == 0)
        {
            if (!Number(to, out var suffix))
                return null;
            return suffix == 0 || size == 0
                ? throw NotSatisfiable(header, size)
                : new ByteRange(Math.Max(0, size - suffix), Math.Min(size, suffix));
        }
        var last = long.MaxValue;
        if (!Number(from, out var first) || (to.Length > 0 && !Number(to, out last)) || last < first)
            return null;
        return first >= size
            ? throw NotSatisfiable(header, size)
            : new ByteRange(first, Math.Min(last, size - 1) - first + 1);
    }

    /// <summary>The range of an UploadPartCopy: both ends are needed and must be within the source.</summary>
    /// <exception cref="S3Exception">InvalidArgument or InvalidRange.</exception>
    public static ByteRange ParseCopy(string header, long size)
    {
        const string Unit = "bytes=";
        var dash = header.IndexOf('-', StringComparison.Ordinal);
        if (!header.StartsWith(Unit, StringComparison.Ordinal) || dash < 0
            || !Number(header[Unit.Length..dash], out var first)
            || !Number(header[(dash + 1)..], out var last)
            || last < first)
        {
            throw new S3Exception(S3Errors.InvalidArgument,
                "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the " +
                "zero-based offsets of the first and last bytes to copy",
                ("ArgumentName", "x-amz-copy-source-range"), ("ArgumentValue", header));
        }
        if (last >= size)
        {
            throw new S3Exception(
                S3Errors.InvalidArgument, $"Range specified is not valid for source object of size: {size}",
                ("ArgumentName", "x-amz-copy-source-range"), ("ArgumentValue", header));
        }
        return new ByteRange(first, last - first + 1);
    }

    private static bool Number(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static S3Exception NotSatisfiable(string header, long size) => new(S3Errors.InvalidRange, null,
        ("RangeRequested", header), ("ActualObjectSize", size.ToString(CultureInfo.InvariantCulture)))
    {
        Headers = [("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes */{size}"))],
    };
}
