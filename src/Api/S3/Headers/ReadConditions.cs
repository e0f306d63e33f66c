using System.Globalization;
using CasStore.Api.S3.Errors;
using CasStore.Projections.Objects;

namespace CasStore.Api.S3.Headers;

/// <summary>The conditions of a read in the order of RFC 9110 §13.2.2, and those of a copy's source.</summary>
public sealed record ReadConditions(
    string? IfMatch, string? IfNoneMatch, DateTimeOffset? IfModifiedSince, DateTimeOffset? IfUnmodifiedSince)
{
    private const string CopySourcePrefix = "x-amz-copy-source-";
    private const string RenameSourcePrefix = "x-amz-rename-source-";

    /// <summary>What stands before the names of the conditions' headers.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The obsolete forms that RFC 9110 §5.6.7 wants taken too; .NET reads the others anyway.</summary>
    private static readonly string[] ObsoleteDates = ["dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"];

    /// <summary>The conditions of a GET or HEAD.</summary>
    public static ReadConditions OfRequest(S3Request request) => Read(request, "");

    /// <summary>The conditions on the source of a copy.</summary>
    public static ReadConditions OfCopySource(S3Request request) => Read(request, CopySourcePrefix);

    /// <summary>The conditions on the source of a rename.</summary>
    public static ReadConditions OfRenameSource(S3Request request) => Read(request, RenameSourcePrefix);

    /// <summary>Lets a read of this object go on.</summary>
    /// <exception cref="S3Exception">PreconditionFailed or NotModified.</exception>
    public void CheckRead(ObjectVersion found)
    {
        var (etag, lastModified) = (found.Content.ETag, found.LastModified);
        CheckPositive(etag, lastModified);
        if (!IsNew(etag, lastModified))
        {
            throw new S3Exception(S3Errors.NotModified)
            {
                Headers = ObjectHeaders.OfNotModified(found),
            };
        }
    }

    /// <summary>Lets a copy or a rename of this object go on: here "not modified" fails too.</summary>
    /// <exception cref="S3Exception">PreconditionFailed.</exception>
    public void CheckSource(string etag, DateTimeOffset lastModified)
    {
        CheckPositive(etag, lastModified);
        if (!IsNew(etag, lastModified))
        {
            throw new S3Exception(S3Errors.PreconditionFailed, null,
                ("Condition", Prefix + (IfNoneMatch is not null ? "If-None-Match" : "If-Modified-Since")));
        }
    }

    /// <summary>
    /// Whether a Range header counts: If-Range is not given, or names the object as it is now (RFC 9110 §13.1.5).
    /// </summary>
    public static bool RangeCounts(string? ifRange, string etag, DateTimeOffset lastModified)
    {
        if (ifRange is null)
            return true;
        if (Date(ifRange) is { } date)
            return date == Seconds(lastModified);
        // Bytes are put together with others of theirs: a weak tag does not promise that they are the same.
        return !ifRange.StartsWith("W/", StringComparison.Ordinal) && ETags.Unquote(ifRange) == etag;
    }

    private void CheckPositive(string etag, DateTimeOffset lastModified)
    {
        if (IfMatch is not null)
        {
            if (!ETags.Lists(IfMatch, etag))
                throw new S3Exception(S3Errors.PreconditionFailed, null, ("Condition", Prefix + "If-Match"));
        }
        else if (Seconds(lastModified) > IfUnmodifiedSince)
        {
            throw new S3Exception(S3Errors.PreconditionFailed, null, ("Condition", Prefix + "If-Unmodified-Since"));
        }
    }

    private bool IsNew(string etag, DateTimeOffset lastModified) => IfNoneMatch is not null
        ? !ETags.Lists(IfNoneMatch, etag)
        : IfModifiedSince is null || Seconds(lastModified) > IfModifiedSince;

    private static ReadConditions Read(S3Request request, string prefix) => new(
        request.Header($"{prefix}If-Match"),
        request.Header($"{prefix}If-None-Match"),
        Date(request.Header($"{prefix}If-Modified-Since")),
        Date(request.Header($"{prefix}If-Unmodified-Since")))
    {
        Prefix = prefix,
    };

    /// <summary>A date that does not parse is no condition (RFC 9110 §13.1.3).</summary>
    private static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
        || DateTimeOffset.TryParseExact(text, ObsoleteDates, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out date)
            ? date
            : null;

    /// <summary>HTTP dates have seconds.</summary>
    private static DateTimeOffset Seconds(DateTimeOffset time) =>
        new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
}
