using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Routing;
using CasStore.Projections;

namespace CasStore.Api.S3.Cors;

/// <summary>
/// Answers a browser that asks whether a page may send a request. It never signs, so this comes before authentication.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html</remarks>
public static class Preflight
{
    public const string Operation = "OptionsObject";

    private static readonly string[] KnownMethods = ["GET", "PUT", "POST", "DELETE", "HEAD"];

    /// <summary>Answers 200 with what is allowed.</summary>
    /// <exception cref="S3Exception">BadRequest or AccessForbidden.</exception>
    public static async Task AnswerAsync(HttpContext http, RequestTarget target, EventStore store)
    {
        var headers = http.Request.Headers;
        var origin = headers.Origin.ToString();
        if (origin.Length == 0)
        {
            throw new S3Exception(
                S3Errors.BadRequest, "Insufficient information. Origin request header needed.");
        }
        var method = headers.AccessControlRequestMethod.ToString();
        if (!KnownMethods.Contains(method, StringComparer.Ordinal))
        {
            throw new S3Exception(S3Errors.BadRequest,
                $"Invalid Access-Control-Request-Method: {(method.Length == 0 ? "null" : method)}");
        }
        var rules = target.Bucket is null
            ? null
            : await CorsHeaders.FindRulesAsync(target.Bucket, store, http.RequestAborted);
        if (rules is null)
            throw Forbidden("CORSResponse: CORS is not enabled for this bucket.", method, target);
        var requested = headers.AccessControlRequestHeaders.ToString()
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(name => name.ToLowerInvariant())
            .ToList();
        var rule = rules.Find(origin, method, requested) ?? throw Forbidden(
            "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, " +
            "request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by " +
            "the resource's CORS spec.", method, target);
        CorsHeaders.Write(http.Response.Headers, rule, origin, requested);
        http.Response.ContentLength = 0;
    }

    private static S3Exception Forbidden(string message, string method, RequestTarget target) =>
        new(S3Errors.AccessForbidden, message, ("Method", method),
            ("ResourceType", target.Key is null ? "BUCKET" : "OBJECT"));
}
