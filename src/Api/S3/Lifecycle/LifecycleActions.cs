using System.Globalization;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Xml;

namespace CasStore.Api.S3.Lifecycle;

/// <summary>What becomes of current versions: one of days, date and delete markers.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleExpiration.html</remarks>
public sealed record LifecycleExpiration(int? Days, DateTimeOffset? Date, bool? ExpiredDeleteMarkers)
{
    public const string Element = "Expiration";

    /// <exception cref="S3Exception">MalformedXML or InvalidArgument.</exception>
    public static LifecycleExpiration Parse(XmlNode expiration)
    {
        expiration.RequireOnly("Days", "Date", "ExpiredObjectDeleteMarker");
        if (expiration.Children.Count != 1)
            throw new S3Exception(S3Errors.MalformedXml);
        return new LifecycleExpiration(
            LifecycleNumber.Positive(expiration, "Days"),
            ParseDate(expiration.TextOf("Date")),
            expiration.TextOf("ExpiredObjectDeleteMarker")?.ToLowerInvariant() switch
            {
                null => null,
                "true" => true,
                "false" => false,
                _ => throw new S3Exception(S3Errors.MalformedXml),
            });
    }

    public void Write(XmlDocument document)
    {
        document.Open(Element).Element("Days", Days?.ToString(CultureInfo.InvariantCulture));
        if (Date is { } date)
            document.Element("Date", date);
        if (ExpiredDeleteMarkers is { } markers)
            document.Element("ExpiredObjectDeleteMarker", markers);
        document.Close(Element);
    }

    private static DateTimeOffset? ParseDate(string? text)
    {
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        string[] formats =
        [
            "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFK", "yyyy-MM-dd'T'HH:mmK",
        ];
        if (text is null)
            return null;
        if (!DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, utc, out var date))
            throw new S3Exception(S3Errors.MalformedXml);
        return date.TimeOfDay == TimeSpan.Zero
            ? date
            : throw new S3Exception(S3Errors.InvalidArgument, "'Date' must be at midnight GMT");
    }
}

/// <summary>What becomes of versions that a newer one replaced.</summary>
/// <param name="Days">Days after they were replaced.</param>
/// <param name="KeepNewest">So many of the newest stay, however old.</param>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_NoncurrentVersionExpiration.html</remarks>
public sealed record NoncurrentVersionExpiration(int Days, int? KeepNewest)
{
    public const string Element = "NoncurrentVersionExpiration";
    private const int MostKept = 100;

    /// <exception cref="S3Exception">MalformedXML or InvalidArgument.</exception>
    public static NoncurrentVersionExpiration Parse(XmlNode expiration)
    {
        expiration.RequireOnly("NoncurrentDays", "NewerNoncurrentVersions");
        var parsed = new NoncurrentVersionExpiration(
            LifecycleNumber.Positive(expiration, "NoncurrentDays") ?? throw new S3Exception(S3Errors.MalformedXml),
            LifecycleNumber.Positive(expiration, "NewerNoncurrentVersions"));
        return parsed.KeepNewest is null or <= MostKept
            ? parsed
            : throw new S3Exception(S3Errors.InvalidArgument,
                "'NewerNoncurrentVersions' for NoncurrentVersionExpiration action must be at most 100");
    }

    public void Write(XmlDocument document) => document.Open(Element)
        .Element("NoncurrentDays", Days)
        .Element("NewerNoncurrentVersions", KeepNewest?.ToString(CultureInfo.InvariantCulture))
        .Close(Element);
}

/// <summary>What becomes of multipart uploads that nobody completes.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortIncompleteMultipartUpload.html</remarks>
public sealed record AbortIncompleteUpload(int DaysAfterInitiation)
{
    public const string Element = "AbortIncompleteMultipartUpload";

    /// <exception cref="S3Exception">MalformedXML or InvalidArgument.</exception>
    public static AbortIncompleteUpload Parse(XmlNode abort)
    {
        abort.RequireOnly("DaysAfterInitiation");
        return new AbortIncompleteUpload(LifecycleNumber.Positive(abort, "DaysAfterInitiation")
            ?? throw new S3Exception(S3Errors.MalformedXml));
    }

    public void Write(XmlDocument document) =>
        document.Open(Element).Element("DaysAfterInitiation", DaysAfterInitiation).Close(Element);
}

/// <summary>Numbers of days and versions.</summary>
internal static class LifecycleNumber
{
    /// <summary>The number in a child of an action; null when there is none.</summary>
    /// <exception cref="S3Exception">MalformedXML: no number. InvalidArgument: not above zero.</exception>
    public static int? Positive(XmlNode action, string name)
    {
        if (action.TextOf(name) is not { } text)
            return null;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            throw new S3Exception(S3Errors.MalformedXml);
        return number > 0
            ? number
            : throw new S3Exception(
                S3Errors.InvalidArgument, $"'{name}' for {action.Name} action must be a positive integer",
                ("ArgumentName", name), ("ArgumentValue", text));
    }
}
