using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CasStore.Api.S3.Authentication;

/// <summary>The times of AWS signing.</summary>
internal static class AmzDate
{
    private const string BasicFormat = "yyyyMMdd'T'HHmmss'Z'";

    // HTTP's own form, and that of mail, which the examples of Signature Version 2 use.
    private static readonly string[] s_httpFormats = ["r", "ddd, d MMM yyyy HH:mm:ss zzz"];

    /// <summary>Parses <c>yyyyMMdd'T'HHmmss'Z'</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, BasicFormat, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    /// <summary>Parses a Date header: an HTTP date, with a numeric zone too, or <c>yyyyMMdd'T'HHmmss'Z'</c>.</summary>
    public static bool TryParseHttp([NotNullWhen(true)] string? text, out DateTimeOffset time) =>
        TryParse(text, out time) ||
        DateTimeOffset.TryParseExact(text, s_httpFormats, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    public static string Basic(DateTimeOffset time) =>
        time.UtcDateTime.ToString(BasicFormat, CultureInfo.InvariantCulture);

    public static string Extended(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
