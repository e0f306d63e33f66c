using System.Globalization;

namespace CasStore.Api.S3.Access.Conditions;

/// <summary>Dates in policies: W3C's profile of ISO 8601, or seconds since the epoch.</summary>
public static class ConditionDate
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd", "yyyy-MM",
        "yyyy",
    ];

    /// <summary>The moment, or null for what is no date.</summary>
    public static DateTimeOffset? Parse(string text)
    {
        // A year has four digits, an epoch time more.
        if (text.Length > 4 && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out var seconds) && seconds is > -62_135_596_800 and < 253_402_300_800)
        {
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        }
        return DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : null;
    }
}
