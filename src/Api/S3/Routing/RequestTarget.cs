using System.Text;
using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Routing;

/// <summary>
/// Which resource a request names, from the target as it was received: the server's own path has dot segments and
/// double slashes folded, which are parts of keys here.
/// </summary>
public sealed class RequestTarget
{
    /// <summary>Longest key, in bytes of UTF-8.</summary>
    public const int MaxKeyBytes = 1024;
    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private RequestTarget(string rawPath, string rawQuery, string? bucket, string? key, QueryParameters query)
    {
        (RawPath, RawQuery, Bucket, Key, Query) = (rawPath, rawQuery, bucket, key, query);
    }

    /// <summary>The path, still percent-encoded.</summary>
    public string RawPath { get; }

    /// <summary>The query without '?', still percent-encoded.</summary>
    public string RawQuery { get; }

    /// <summary>Bucket name, or null for the service.</summary>
    public string? Bucket { get; }

    /// <summary>The bucket when the host named it, in the virtual-hosted style; otherwise null.</summary>
    public string? VirtualBucket { get; private init; }

    /// <summary>Object key, or null for the bucket.</summary>
    public string? Key { get; }

    public QueryParameters Query { get; }

    /// <summary>Parses a request target.</summary>
    /// <param name="rawTarget">Path and query as received.</param>
    /// <param name="host">Host header without port.</param>
    /// <param name="domain">Domain of virtual-hosted-style requests, or null.</param>
    /// <exception cref="S3Exception">InvalidURI or KeyTooLongError.</exception>
    public static RequestTarget Parse(string rawTarget, string host, string? domain)
    {
        var (rawPath, rawQuery) = SplitQuery(rawTarget);
        return Resolve(rawPath, rawQuery, VirtualHost(host, domain), QueryParameters.Parse(rawQuery));
    }

    /// <summary>Parses the target of a request to a bucket's website: its query means nothing.</summary>
    /// <param name="rawTarget">Path and query as received.</param>
    /// <param name="bucket">The bucket that the host names.</param>
    /// <exception cref="S3Exception">InvalidURI or KeyTooLongError.</exception>
    public static RequestTarget ParseWebsite(string rawTarget, string bucket)
    {
        var (rawPath, rawQuery) = SplitQuery(rawTarget);
        return Resolve(rawPath, rawQuery, bucket, QueryParameters.Parse(""));
    }

    private static (string RawPath, string RawQuery) SplitQuery(string rawTarget)
    {
        rawTarget = OriginForm(rawTarget);
        var question = rawTarget.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? (rawTarget, "") : (rawTarget[..question], rawTarget[(question + 1)..]);
    }

    private static RequestTarget Resolve(
        string rawPath, string rawQuery, string? virtualBucket, QueryParameters query)
    {
        if (!rawPath.StartsWith('/'))
            throw new S3Exception(S3Errors.InvalidUri);
        var path = Decode(rawPath);
        var (bucket, key) = virtualBucket is not null ? (virtualBucket, path[1..]) : SplitPath(path);
        if (key is not null && Encoding.UTF8.GetByteCount(key) > MaxKeyBytes)
        {
            throw new S3Exception(S3Errors.KeyTooLongError, null,
                ("Size", Encoding.UTF8.GetByteCount(key).ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ("MaxSizeAllowed", "1024"));
        }
        return new RequestTarget(rawPath, rawQuery, bucket, string.IsNullOrEmpty(key) ? null : key, query)
        {
            VirtualBucket = virtualBucket,
        };
    }

    /// <summary>The target with a key that the body named.</summary>
    public RequestTarget WithKey(string key) =>
        new(RawPath, RawQuery, Bucket, key, Query) { VirtualBucket = VirtualBucket };

    /// <summary>Decodes percent escapes; '+' stands for itself.</summary>
    /// <exception cref="S3Exception">InvalidURI: a malformed escape, no UTF-8, or a NUL.</exception>
    public static string Decode(string raw)
    {
        if (!raw.Contains('%', StringComparison.Ordinal) && Ascii.IsValid(raw))
            return raw;
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(raw.Length)];
        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '%')
            {
                if (i + 2 >= raw.Length || !char.IsAsciiHexDigit(raw[i + 1]) || !char.IsAsciiHexDigit(raw[i + 2]))
                    throw new S3Exception(S3Errors.InvalidUri);
                bytes[length++] = Convert.FromHexString(raw.AsSpan(i + 1, 2))[0];
                i += 2;
            }
            else if (char.IsHighSurrogate(raw[i]) && i + 1 < raw.Length)
            {
                length += Encoding.UTF8.GetBytes(raw.AsSpan(i++, 2), bytes.AsSpan(length));
            }
            else
            {
                length += Encoding.UTF8.GetBytes(raw.AsSpan(i, 1), bytes.AsSpan(length));
            }
        }
        try
        {
            var text = StrictUtf8.GetString(bytes, 0, length);
            return text.Contains('\0', StringComparison.Ordinal) ? throw new S3Exception(S3Errors.InvalidUri) : text;
        }
        catch (DecoderFallbackException)
        {
            throw new S3Exception(S3Errors.InvalidUri);
        }
    }

    /// <summary>Takes scheme and authority off an absolute target (RFC 9112 §3.2.2): a header has them too.</summary>
    private static string OriginForm(string rawTarget)
    {
        var scheme = rawTarget.StartsWith('/') ? -1 : rawTarget.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
            return rawTarget;
        var path = rawTarget.AsSpan(scheme + 3).IndexOfAny('/', '?');
        var rest = path < 0 ? "" : rawTarget[(scheme + 3 + path)..];
        return rest.StartsWith('/') ? rest : "/" + rest;
    }

    private static (string? Bucket, string? Key) SplitPath(string path)
    {
        var slash = path.IndexOf('/', 1);
        var bucket = slash < 0 ? path[1..] : path[1..slash];
        if (bucket.Length == 0)
            return slash < 0 ? (null, null) : throw new S3Exception(S3Errors.InvalidBucketName);
        return (bucket, slash < 0 ? null : path[(slash + 1)..]);
    }

    /// <summary>The bucket that the host names, or null.</summary>
    public static string? VirtualHost(string host, string? domain)
    {
        if (domain is null || host.Length <= domain.Length + 1
            || !host.EndsWith(domain, StringComparison.OrdinalIgnoreCase) || host[^(domain.Length + 1)] != '.')
        {
            return null;
        }
        return host[..^(domain.Length + 1)].ToLowerInvariant();
    }
}
