using System.Globalization;
using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Errors;
using CasStore.Events.Objects;
using CasStore.Projections.Objects;

namespace CasStore.Api.S3.Headers;

/// <summary>The headers that GET and HEAD have in common.</summary>
public static class ObjectHeaders
{
    private static readonly (string Parameter, string Header)[] Overrides =
    [
        ("response-content-type", "Content-Type"), ("response-content-language", "Content-Language"),
        ("response-expires", "Expires"), ("response-cache-control", "Cache-Control"),
        ("response-content-disposition", "Content-Disposition"), ("response-content-encoding", "Content-Encoding"),
    ];

    /// <summary>Writes all but length, status and range.</summary>
    /// <param name="request">The request.</param>
    /// <param name="found">The object.</param>
    /// <param name="checksum">The checksum of the bytes sent, if it is known; shown when the client asks.</param>
    /// <exception cref="S3Exception">InvalidRequest: an unsigned request overrides headers. InvalidArgument: with what
    /// is no header.</exception>
    public static void Write(S3Request request, ObjectVersion found, ObjectChecksum? checksum)
    {
        var headers = request.Response.Headers;
        MetadataHeaders.Write(found.Metadata, headers);
        headers.ETag = ETags.Quote(found.Content.ETag);
        headers.LastModified = HttpDate(found.LastModified);
        headers.AcceptRanges = "bytes";
        VersionIds.Write(request, found.VersionId);
        ObjectLockHeaders.Write(found, headers);
        if (found.Tags.Count > 0)
            headers["x-amz-tagging-count"] = found.Tags.Count.ToString(CultureInfo.InvariantCulture);
        if (string.Equals(request.Header("x-amz-checksum-mode"), "ENABLED", StringComparison.OrdinalIgnoreCase))
            WriteChecksum(checksum, headers);
        foreach (var (parameter, header) in Overrides)
        {
            if (request.Query[parameter] is not { } value)
                continue;
            if (request.Principal.IsAnonymous)
            {
                throw new S3Exception(S3Errors.InvalidRequest,
                    "Request specific response headers cannot be used for anonymous GET requests.");
            }
            if (value.Any(char.IsControl))
            {
                throw new S3Exception(S3Errors.InvalidArgument, null,
                    ("ArgumentName", parameter), ("ArgumentValue", value));
            }
            headers[header] = value;
        }
    }

    /// <summary>What a 304 keeps of the answer that it stands for (RFC 9110 §15.4.5).</summary>
    public static IReadOnlyList<(string Name, string Value)> OfNotModified(ObjectVersion found)
    {
        var headers = new List<(string, string)>
        {
            ("ETag", ETags.Quote(found.Content.ETag)),
            ("Last-Modified", HttpDate(found.LastModified)),
        };
        if (found.Metadata.CacheControl is { } cacheControl)
            headers.Add(("Cache-Control", cacheControl));
        if (found.Metadata.Expires is { } expires)
            headers.Add(("Expires", expires));
        return headers;
    }

    /// <summary>A time in HTTP's form (RFC 9110 §5.6.7).</summary>
    public static string HttpDate(DateTimeOffset time) =>
        time.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Writes a checksum and its type.</summary>
    public static void WriteChecksum(ObjectChecksum? checksum, IHeaderDictionary headers)
    {
        if (checksum is null)
            return;
        headers[ChecksumNames.HeaderPrefix + checksum.Algorithm.ToLowerInvariant()] = checksum.Value;
        headers["x-amz-checksum-type"] = checksum.Type;
    }
}
