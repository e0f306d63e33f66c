namespace CasStore.Api.S3.Authentication;

/// <summary>What signing looks at in a request, exactly as it was received.</summary>
/// <param name="Method">HTTP method, upper case.</param>
/// <param name="RawPath">Path of the request target, still percent-encoded.</param>
/// <param name="RawQuery">Query of the request target without '?', still percent-encoded; may be empty.</param>
/// <param name="Headers">Headers as received.</param>
/// <param name="Now">The server's time when the request came in.</param>
/// <param name="VirtualBucket">Bucket that the host names and the path therefore does not; otherwise null.</param>
public sealed record SignedRequest(
    string Method,
    string RawPath,
    string RawQuery,
    IHeaderDictionary Headers,
    DateTimeOffset Now,
    string? VirtualBucket = null);
