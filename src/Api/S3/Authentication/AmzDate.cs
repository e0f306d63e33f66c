using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CasStore.Api.S3.Authentication;

/// <summary>The times of AWS signing.</summary>
internal static class AmzDate
{
    private const string BasicFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>Parses <c>yyyyMMdd'T'HHmmss'Z'</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, BasicFormat, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    /// <summary>Parses a Date header: an HTTP date, or <c>yyyyMMdd'T'HHmmss'Z'</c>.</summary>
    public static bool TryParseHttp([NotNullWhen(true)] string? text, out DateTimeOffset time) =>
        TryParse(text, out time) ||
        DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    public static string Basic(DateTimeOffset time) =>
        time.UtcDateTime.ToString(BasicFormat, CultureInfo.InvariantCulture);

    public static string Extended(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
