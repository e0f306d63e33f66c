using System.Globalization;
using CasStore.Api.S3.Authentication;
using CasStore.Api.S3.Routing;
using CasStore.Events.Objects;

namespace CasStore.Api.S3.Access.Conditions;

/// <summary>What a request says under the condition keys of policies.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html and
/// https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html
/// </remarks>
public sealed class RequestConditions(
    Principal principal, HttpContext http, IHeaderDictionary headers, RequestTarget target, Claim claim)
    : IConditionContext
{
    private const string S3 = "s3:", Global = "aws:";

    /// <summary>The version that it is about, or null for none in particular.</summary>
    public string? VersionId { get; init; }

    /// <summary>The tags of the object that is there; none when no policy asks for them.</summary>
    public IReadOnlyList<ObjectTag> ExistingTags { get; init; } = [];

    /// <inheritdoc/>
    public IReadOnlyList<string>? Values(string key)
    {
        if (Tagged(key, ConditionKeys.ExistingObjectTag) is { } existing)
            return One(Find(ExistingTags, existing));
        if (Tagged(key, ConditionKeys.RequestObjectTag) is { } requested)
            return One(Find(RequestTags(), requested));
        var name = key.ToLowerInvariant();
        if (name == "s3:requestobjecttagkeys")
            return RequestTags() is { Count: > 0 } tags ? [.. tags.Select(tag => tag.Key)] : null;
        if (name == "s3:x-amz-copy-source")
            return CopySource();
        return One(name.StartsWith(Global, StringComparison.Ordinal) ? OfAnyService(name[Global.Length..])
            : name.StartsWith(S3, StringComparison.Ordinal) ? OfS3(name[S3.Length..])
            : null);
    }

    private static IReadOnlyList<string>? One(string? value) => value is null ? null : [value];

    private static string? Tagged(string key, string prefix) =>
        key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? key[prefix.Length..] : null;

    private static string? Find(IReadOnlyList<ObjectTag> tags, string key)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == key)
                return tag.Value;
        }
        return null;
    }

    private string? OfAnyService(string name) => name switch
    {
        "currenttime" => DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        "epochtime" => DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        "principalaccount" => principal.IsAnonymous ? null : Principal.AccountId,
        "principalarn" => principal.Arn,
        "principalisawsservice" or "viaawsservice" => "false",
        "principaltype" => principal.IsAnonymous ? "Anonymous" : principal.IsRoot ? "Account" : "User",
        "referer" => Header("Referer"),
        "resourceaccount" => Principal.AccountId,
        "securetransport" => http.Request.IsHttps ? "true" : "false",
        "sourceip" => SourceIp(),
        "useragent" => Header("User-Agent"),
        "userid" => principal.UserId,
        "username" => principal.Name.Length == 0 ? null : principal.Name,
        _ => null,
    };

    private string? OfS3(string name) => name switch
    {
        "authtype" => AuthenticationType(),
        "delimiter" or "prefix" or "max-keys" => target.Query[name],
        "if-match" => Header("If-Match"),
        "if-none-match" => Header("If-None-Match"),
        "object-lock-legal-hold" or "object-lock-mode" or "object-lock-retain-until-date" => Header($"x-amz-{name}"),
        "object-lock-remaining-retention-days" => RemainingDays(),
        "resourceaccount" => Principal.AccountId,
        "signatureage" => SignatureAge(),
        "signatureversion" => claim switch
        {
            Claim.SignedV4 => "AWS4-HMAC-SHA256",
            Claim.SignedV2 => "AWS",
            _ => null,
        },
        "versionid" => VersionId,
        _ when name.StartsWith("x-amz-", StringComparison.Ordinal) => Header(name),
        _ => null,
    };

    private string? Header(string name) => headers.TryGetValue(name, out var values) ? values.ToString() : null;

    private string? SourceIp()
    {
        var address = http.Connection.RemoteIpAddress;
        return (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
    }

    private string? AuthenticationType() => claim switch
    {
        Claim.SignedV4 { Presigned: true } or Claim.SignedV2 { Expires: not null } => "REST-QUERY-STRING",
        Claim.Signed when HttpMethods.IsPost(http.Request.Method) && !headers.ContainsKey("Authorization") => "POST",
        Claim.Signed => "REST-HEADER",
        _ => null,
    };

    /// <summary>Milliseconds since a URL was signed.</summary>
    private string? SignatureAge() => claim is Claim.SignedV4 { Presigned: true } signed
        && DateTimeOffset.TryParseExact(signed.Timestamp, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var time)
        ? ((long)(DateTimeOffset.UtcNow - time).TotalMilliseconds).ToString(CultureInfo.InvariantCulture)
        : null;

    private string? RemainingDays() => Header("x-amz-object-lock-retain-until-date") is { } text
        && ConditionDate.Parse(text) is { } until
        ? Math.Ceiling((until - DateTimeOffset.UtcNow).TotalDays).ToString(CultureInfo.InvariantCulture)
        : null;

    /// <summary>A source may be written with a slash before its bucket or without: policies have either.</summary>
    private string[]? CopySource()
    {
        if (Header("x-amz-copy-source") is not { } header)
            return null;
        var question = header.IndexOf("?versionId=", StringComparison.Ordinal);
        var name = RequestTarget.Decode(question < 0 ? header : header[..question]).TrimStart('/');
        return [name, $"/{name}"];
    }

    /// <summary>The tags that a new object is to have, as the query in the header spells them.</summary>
    private List<ObjectTag> RequestTags()
    {
        var tags = new List<ObjectTag>();
        if (Header("x-amz-tagging") is { Length: > 0 } header)
        {
            var parsed = QueryParameters.Parse(header);
            foreach (var name in parsed.Names)
                tags.Add(new ObjectTag(name, parsed[name]!));
        }
        return tags;
    }
}
