using System.Globalization;
using CasStore.Projections;
using CasStore.Projections.Buckets;

namespace CasStore.Api.S3.Cors;

/// <summary>Tells browsers which pages may have an answer.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html</remarks>
public static class CorsHeaders
{
    /// <summary>
    /// Gives the answer to a page's request the headers of the rule that allows it, whatever the answer will be: a page
    /// may read errors too.
    /// </summary>
    public static async ValueTask PrepareAsync(
        HttpContext http, string? bucketName, EventStore store, CancellationToken cancel)
    {
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || bucketName is null)
            return;
        var rules = await FindRulesAsync(bucketName, store, cancel);
        // Not to be found in what a browser sends, but S3 lets it ask about another method than that of the request.
        var asked = http.Request.Headers.AccessControlRequestMethod.ToString();
        if (rules?.Find(origin, asked.Length > 0 ? asked : http.Request.Method, []) is not { } rule)
            return;
        // An error clears the headers that were set before it.
        http.Response.OnStarting(() =>
        {
            Write(http.Response.Headers, rule, origin, []);
            return Task.CompletedTask;
        });
    }

    /// <summary>The rules of a bucket; null when it has none, or is not there.</summary>
    internal static async ValueTask<CorsConfiguration?> FindRulesAsync(
        string bucketName, EventStore store, CancellationToken cancel)
    {
        Bucket? bucket = await store.Buckets.FindAsync(bucketName, cancel);
        return bucket is null
            ? null
            : CorsConfiguration.Of(await store.Buckets.ConfigurationsAsync(bucket, cancel));
    }

    /// <summary>Writes what a rule allows.</summary>
    /// <param name="headers">Headers of the answer.</param>
    /// <param name="rule">The rule that allows the request.</param>
    /// <param name="origin">Where the page is from.</param>
    /// <param name="requested">Headers that the page asked to send.</param>
    internal static void Write(
        IHeaderDictionary headers, CorsRule rule, string origin, IReadOnlyList<string> requested)
    {
        headers.AccessControlAllowOrigin = rule.AllowsEveryOrigin ? "*" : origin;
        // Credentials may not go with "*": https://fetch.spec.whatwg.org/#cors-protocol-and-credentials
        if (!rule.AllowsEveryOrigin)
            headers.AccessControlAllowCredentials = "true";
        headers.AccessControlAllowMethods = string.Join(", ", rule.Methods);
        if (requested.Count > 0)
            headers.AccessControlAllowHeaders = string.Join(", ", requested);
        if (rule.ExposedHeaders.Count > 0)
            headers.AccessControlExposeHeaders = string.Join(", ", rule.ExposedHeaders);
        if (rule.MaxAge is { } seconds)
            headers.AccessControlMaxAge = seconds.ToString(CultureInfo.InvariantCulture);
        headers.Append("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
    }
}
