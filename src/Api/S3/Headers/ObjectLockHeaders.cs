using System.Globalization;
using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Errors;
using CasStore.Events.Buckets;
using CasStore.Events.Objects;
using CasStore.Projections.Objects;

namespace CasStore.Api.S3.Headers;

/// <summary>Retention and legal hold in headers.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html</remarks>
public static class ObjectLockHeaders
{
    private const string Mode = "x-amz-object-lock-mode";
    private const string Until = "x-amz-object-lock-retain-until-date";
    private const string Hold = "x-amz-object-lock-legal-hold";

    private static readonly string[] Iso8601 =
        ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    /// <summary>The retention of an object to be made, or null.</summary>
    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public static ObjectRetention? Retention(S3Request request)
    {
        var (mode, until) = (request.Header(Mode), request.Header(Until));
        if (mode is null && until is null)
            return null;
        if (mode is null || until is null)
            throw new S3Exception(S3Errors.InvalidArgument, $"{Until} and {Mode} must both be supplied");
        return new ObjectRetention(
            ParseMode(mode) ?? throw Invalid(Mode, mode, "Unknown wormMode directive."),
            Future(ParseDate(until) ?? throw Invalid(
                Until, until, "The retain until date must be provided in ISO 8601 format")));
    }

    /// <summary>The legal hold of an object to be made, or null.</summary>
    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public static bool? LegalHold(S3Request request) => request.Header(Hold) switch
    {
        null => null,
        "ON" => true,
        "OFF" => false,
        var other => throw Invalid(Hold, other, "Legal Hold must be either of 'ON' or 'OFF'"),
    };

    /// <summary>Lets a PUT go on that locks nothing, or says what its bytes must be.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html</remarks>
    /// <exception cref="S3Exception">InvalidRequest.</exception>
    public static void RequireDigest(S3Request request)
    {
        if ((request.Header(Mode) ?? request.Header(Until) ?? request.Header(Hold)) is not null
            && request.Header("Content-MD5") is null && request.Header("x-amz-trailer") is null
            && !ChecksumNames.All.Any(algorithm => request.Header(algorithm.Header()) is not null))
        {
            throw new S3Exception(S3Errors.InvalidRequest,
                "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock " +
                "parameters");
        }
    }

    /// <summary>Whether the client asks that a retention in governance mode should not count.</summary>
    public static bool BypassGovernance(S3Request request) => BypassGovernance(request.Headers);

    /// <summary>The same of headers alone.</summary>
    public static bool BypassGovernance(IHeaderDictionary headers) => string.Equals(
        headers["x-amz-bypass-governance-retention"], "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes retention and legal hold to a response.</summary>
    public static void Write(ObjectVersion found, IHeaderDictionary headers)
    {
        if (found.Retention is { } retention)
        {
            headers[Mode] = Name(retention.Mode);
            headers[Until] = Date(retention.Until);
        }
        if (found.LegalHold is { } hold)
            headers[Hold] = hold ? "ON" : "OFF";
    }

    /// <summary>S3's name of a mode.</summary>
    public static string Name(RetentionMode mode) => mode == RetentionMode.Governance ? "GOVERNANCE" : "COMPLIANCE";

    /// <summary>The mode of that name, or null.</summary>
    public static RetentionMode? ParseMode(string? name) => name switch
    {
        "GOVERNANCE" => RetentionMode.Governance,
        "COMPLIANCE" => RetentionMode.Compliance,
        _ => null,
    };

    /// <summary>A moment as S3 shows it in object lock: ISO 8601, UTC.</summary>
    public static string Date(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A moment in ISO 8601, or null.</summary>
    public static DateTimeOffset? ParseDate(string? text) => DateTimeOffset.TryParseExact(
        text, Iso8601, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    /// <summary>Lets a moment go on that is to come.</summary>
    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public static DateTimeOffset Future(DateTimeOffset moment) => moment > DateTimeOffset.UtcNow
        ? moment.ToUniversalTime()
        : throw Invalid(Until, Date(moment), "The retain until date must be in the future!");

    private static S3Exception Invalid(string name, string value, string message) =>
        new(S3Errors.InvalidArgument, message, ("ArgumentName", name), ("ArgumentValue", value));
}
