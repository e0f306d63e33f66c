using System.Collections.Concurrent;
using CasStore.Api.S3.Authentication;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Forms;
using CasStore.Events.Access;
using CasStore.Projections.Access;

namespace CasStore.Api.S3.Access;

/// <summary>Proves who a request comes from.</summary>
public sealed class Authenticator(
    string rootAccessKey, string rootSecretKey, string region, AccessQueries access, SecretBox secrets)
{
    /// <summary>Secrets that were opened, by their sealed form: a key that changes is another entry.</summary>
    private const int CachedSecrets = 10_000;

    private readonly ConcurrentDictionary<string, string> _opened = new(StringComparer.Ordinal);

    /// <summary>The principal, its claim, and what signatures of chunks need, or null.</summary>
    /// <exception cref="S3Exception">The claim is malformed, or not proven.</exception>
    public async ValueTask<(Principal Principal, Claim Claim, SigningScope? Scope)> AuthenticateAsync(
        SignedRequest request, CancellationToken cancel)
    {
        var claim = ClaimParser.Parse(request, region);
        if (claim is not Claim.Signed signed)
            return (Principal.Anonymous, claim, null);
        var (principal, secret) = await FindSignerAsync(signed.AccessKey, cancel);
        return (principal, claim, Verify(signed, request, secret));
    }

    /// <summary>Who a form comes from, when its policy is signed and allows what the form says.</summary>
    /// <exception cref="S3Exception">The claim is malformed, or not proven, or the policy does not hold.</exception>
    public async ValueTask<(Principal Principal, Claim Claim, SigningScope? Scope)> AuthenticateAsync(
        PostForm form, string bucket, DateTimeOffset now, CancellationToken cancel)
    {
        if (form["x-amz-security-token"] is not null)
            throw new S3Exception(S3Errors.InvalidToken);
        var claim = FormClaim.Parse(form, region);
        if (claim is not Claim.Signed signed)
            return (Principal.Anonymous, claim, null);
        var (principal, secret) = await FindSignerAsync(signed.AccessKey, cancel);
        FormClaim.Verify(signed, form, secret);
        var policy = PostPolicy.Parse(form.Require("policy"));
        policy.Require(form.Fields, bucket, now);
        form.File.Least = policy.LeastLength;
        form.File.Most = Math.Min(form.File.Most, policy.MostLength);
        return (principal, claim, null);
    }

    private static SigningScope? Verify(Claim.Signed claim, SignedRequest request, string secret)
    {
        if (claim is Claim.SignedV4 v4)
            return SignatureVerifier.Verify(v4, request, secret);
        SignatureVerifierV2.Verify((Claim.SignedV2)claim, request, secret);
        return null;
    }

    private async ValueTask<(Principal Principal, string Secret)> FindSignerAsync(
        string accessKey, CancellationToken cancel) => accessKey == rootAccessKey
            ? (Principal.Root(rootAccessKey), rootSecretKey)
            : await FindAsync(accessKey, cancel);

    private async ValueTask<(Principal Principal, string Secret)> FindAsync(string accessKey, CancellationToken cancel)
    {
        var key = IsStorable(accessKey) ? await access.FindKeyAsync(accessKey, cancel) : null;
        if (key is not { IsActive: true })
            throw new S3Exception(S3Errors.InvalidAccessKeyId, null, ("AWSAccessKeyId", accessKey));
        var principal = new Principal(key.User.UserId, key.User.DisplayName, key.Id, IsRoot: false)
        {
            Name = key.User.Name,
        };
        return (principal, Open(key));
    }

    private string Open(AccessKey key)
    {
        var cacheKey = $"{key.Id}:{Convert.ToBase64String(key.SealedSecret)}";
        if (_opened.TryGetValue(cacheKey, out var secret))
            return secret;
        if (_opened.Count >= CachedSecrets)
            _opened.Clear();
        return _opened.GetOrAdd(cacheKey, secrets.Open(key.Id, key.SealedSecret));
    }

    /// <summary>Whether PostgreSQL could hold it: text without NUL.</summary>
    private static bool IsStorable(string accessKey) => !accessKey.Contains('\0', StringComparison.Ordinal);
}
