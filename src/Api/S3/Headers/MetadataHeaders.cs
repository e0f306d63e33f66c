using System.Buffers;
using System.Text;
using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Errors;
using CasStore.Events.Objects;

namespace CasStore.Api.S3.Headers;

/// <summary>An object's metadata as headers: what a client sent comes back as it was.</summary>
public static class MetadataHeaders
{
    private const string UserPrefix = "x-amz-meta-";

    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private const int MaxUserMetadata = 2048;
    private const string RedirectLocation = "x-amz-website-redirect-location";
    private const string DefaultContentType = "binary/octet-stream";

    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Append(127).Where(code => code != '\t').Select(code => (char)code)]);

    private static readonly IReadOnlyDictionary<string, string> NoUserMetadata =
        new Dictionary<string, string>(StringComparer.Ordinal);

    private static readonly string[] RedirectPrefixes = ["/", "http://", "https://"];

    private static readonly string[] StorageClasses =
    [
        "STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER",
        "DEEP_ARCHIVE", "OUTPOSTS", "GLACIER_IR", "SNOW", "EXPRESS_ONEZONE", "FSX_OPENZFS",
    ];

    /// <summary>Reads the metadata of an object to be made.</summary>
    /// <exception cref="S3Exception">MetadataTooLarge, InvalidStorageClass, InvalidRedirectLocation or
    /// InvalidArgument.</exception>
    public static ObjectMetadata Read(HttpRequest request)
    {
        var headers = request.Headers;
        return new ObjectMetadata
        {
            ContentType = Text(headers, "Content-Type"),
            CacheControl = Text(headers, "Cache-Control"),
            ContentDisposition = Text(headers, "Content-Disposition"),
            ContentEncoding = RequestBody.ContentEncoding(request) is { } coding
                ? Sendable("Content-Encoding", coding)
                : null,
            ContentLanguage = Text(headers, "Content-Language"),
            Expires = Text(headers, "Expires"),
            WebsiteRedirectLocation = Redirect(headers),
            StorageClass = StorageClass(headers),
            User = User(headers),
        };
    }

    /// <summary>The storage class asked for; null for STANDARD.</summary>
    /// <exception cref="S3Exception">InvalidStorageClass.</exception>
    public static string? StorageClass(IHeaderDictionary headers)
    {
        if (Text(headers, "x-amz-storage-class") is not { } name)
            return null;
        if (!StorageClasses.Contains(name, StringComparer.Ordinal))
            throw new S3Exception(S3Errors.InvalidStorageClass, null, ("StorageClassRequested", name));
        return name == "STANDARD" ? null : name;
    }

    /// <summary>Writes the metadata to a response.</summary>
    public static void Write(ObjectMetadata metadata, IHeaderDictionary headers)
    {
        headers.ContentType = metadata.ContentType ?? DefaultContentType;
        Set(headers, "Cache-Control", metadata.CacheControl);
        Set(headers, "Content-Disposition", metadata.ContentDisposition);
        Set(headers, "Content-Encoding", metadata.ContentEncoding);
        Set(headers, "Content-Language", metadata.ContentLanguage);
        Set(headers, "Expires", metadata.Expires);
        Set(headers, RedirectLocation, metadata.WebsiteRedirectLocation);
        Set(headers, "x-amz-storage-class", metadata.StorageClass);
        foreach (var (name, value) in metadata.User ?? NoUserMetadata)
            headers[UserPrefix + name] = value;
    }

    private static SortedDictionary<string, string>? User(IHeaderDictionary headers)
    {
        SortedDictionary<string, string>? user = null;
        var size = 0;
        foreach (var (name, value) in headers)
        {
            if (!name.StartsWith(UserPrefix, StringComparison.OrdinalIgnoreCase))
                continue;
            // A form or a URL may bring any name: only what HTTP has for one can come back (RFC 9110 §5.6.2).
            if (name.AsSpan().ContainsAnyExcept(TokenCharacters))
            {
                throw new S3Exception(
                    S3Errors.InvalidArgument, "Metadata names must be those of headers", ("ArgumentName", name));
            }
            var text = Sendable(name, string.Join(',', value.ToArray()));
            size += Encoding.UTF8.GetByteCount(name) - UserPrefix.Length + Encoding.UTF8.GetByteCount(text);
            user ??= new SortedDictionary<string, string>(StringComparer.Ordinal);
            user[name[UserPrefix.Length..].ToLowerInvariant()] = text;
        }
        if (size > MaxUserMetadata)
        {
            throw new S3Exception(S3Errors.MetadataTooLarge, null,
                ("Size", size.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ("MaxSizeAllowed", "2048"));
        }
        return user;
    }

    /// <summary>Where a website sends who asks for the object, or null.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html</remarks>
    private static string? Redirect(IHeaderDictionary headers)
    {
        var location = Text(headers, RedirectLocation);
        return location is null || RedirectPrefixes.Any(p => location.StartsWith(p, StringComparison.Ordinal))
            ? location
            : throw new S3Exception(S3Errors.InvalidRedirectLocation);
    }

    private static void Set(IHeaderDictionary headers, string name, string? value)
    {
        if (value is not null)
            headers[name] = value;
    }

    private static string? Text(IHeaderDictionary headers, string name) =>
        headers.TryGetValue(name, out var values) ? Sendable(name, values.ToString()) : null;

    /// <summary>The value, if it can come back: HTTP has no control characters but the tab (RFC 9110 §5.5).</summary>
    private static string Sendable(string name, string value) =>
        value.AsSpan().IndexOfAny(Controls) < 0
            ? value
            : throw new S3Exception(S3Errors.InvalidArgument, "Header value cannot contain control characters",
                ("ArgumentName", name));
}
