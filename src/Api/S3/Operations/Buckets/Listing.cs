using System.Buffers;
using System.Globalization;
using System.Text;
using CasStore.Api.S3.Access;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Xml;
using CasStore.Projections.Objects;

namespace CasStore.Api.S3.Operations.Buckets;

/// <summary>What the listings have in common: how names are encoded, and how entries look.</summary>
public sealed class Listing
{
    /// <summary>Most entries on a page.</summary>
    public const int MaxKeys = 1000;

    private static readonly SearchValues<char> s_kept = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.*/");

    private readonly bool _urlEncoded;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    private Listing(bool urlEncoded) => _urlEncoded = urlEncoded;

    /// <summary>Value of the EncodingType element, or null.</summary>
    public string? EncodingType => _urlEncoded ? "url" : null;

    /// <summary>Reads the encoding-type parameter.</summary>
    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public static Listing Of(S3Request request) => request.Query["encoding-type"] switch
    {
        null => new Listing(urlEncoded: false),
        "url" => new Listing(urlEncoded: true),
        var other => throw new S3Exception(S3Errors.InvalidArgument, "Invalid Encoding Method specified in Request",
            ("ArgumentName", "encoding-type"), ("ArgumentValue", other)),
    };

    /// <summary>A key, prefix or marker as this listing shows it.</summary>
    public string? Name(string? name) => name is null || !_urlEncoded ? name : Encode(name);

    /// <summary>Writes objects and common prefixes.</summary>
    public async Task WriteAsync(XmlDocument document, S3Request request, ListPage page)
    {
        foreach (var listed in page.Objects)
        {
            document.Open("Contents")
                .Element("Key", Name(listed.Key))
                .Element("LastModified", listed.LastModified)
                .Element("ETag", ETags.Quote(listed.ETag))
                .Element("ChecksumAlgorithm", listed.ChecksumAlgorithm)
                .Element("ChecksumType", listed.ChecksumType)
                .Element("Size", listed.Size);
            if (listed.Owner is { } owner)
                await WritePersonAsync(document, request, "Owner", owner);
            document.Element("StorageClass", listed.StorageClass ?? "STANDARD").Close("Contents");
        }
        WritePrefixes(document, page.CommonPrefixes);
    }

    /// <summary>Writes the Owner or Initiator of an entry; the name of each is looked up once.</summary>
    public async ValueTask WritePersonAsync(XmlDocument document, S3Request request, string element, string userId)
    {
        if (!_names.TryGetValue(userId, out var name))
            _names.Add(userId, name = await DisplayNameAsync(request, userId));
        Person(document, element, userId, name);
    }

    /// <summary>Writes common prefixes.</summary>
    public void WritePrefixes(XmlDocument document, IReadOnlyList<string> prefixes)
    {
        foreach (var prefix in prefixes)
            document.Open("CommonPrefixes").Element("Prefix", Name(prefix)).Close("CommonPrefixes");
    }

    /// <summary>Writes an Owner or Initiator.</summary>
    public static void Person(XmlDocument document, string element, string userId, string displayName) =>
        document.Open(element).Element("ID", userId).Element("DisplayName", displayName).Close(element);

    /// <summary>The display name of a canonical id; the id itself when the user is gone.</summary>
    public static async Task<string> DisplayNameAsync(S3Request request, string userId)
    {
        if (userId == Principal.RootUserId)
            return Principal.RootDisplayName;
        return (await request.Store.Access.FindUserAsync(userId, request.Cancel))?.DisplayName ?? userId;
    }

    /// <summary>
    /// S3's encoding of names: percent escapes of UTF-8, but for unreserved characters and '/'. A space is <c>%20</c>,
    /// which every decoder reads, and not '+', which some take for itself.
    /// </summary>
    internal static string Encode(string name)
    {
        if (!name.AsSpan().ContainsAnyExcept(s_kept))
            return name;
        var text = new StringBuilder(name.Length * 2);
        foreach (var octet in Encoding.UTF8.GetBytes(name))
        {
            if (s_kept.Contains((char)octet))
                text.Append((char)octet);
            else
                text.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
        }
        return text.ToString();
    }
}
