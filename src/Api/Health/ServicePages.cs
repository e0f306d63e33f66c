using CasStore.Api.Telemetry;

namespace CasStore.Api.Health;

/// <summary>
/// The store's own pages on the S3 port: <c>/-/health/live</c>, <c>/-/health/ready</c>, <c>/-/metrics</c>. No bucket
/// name begins with a hyphen, so they hide nothing.
/// </summary>
internal sealed class ServicePages(HealthChecks health, PrometheusExporter exporter)
{
    public const string Prefix = "/-/";

    public async Task HandleAsync(HttpContext http, string rawTarget)
    {
        var (status, contentType, text) = await AnswerAsync(http, rawTarget.Split('?')[0]);
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsync(text, http.RequestAborted);
    }

    private async Task<(int Status, string ContentType, string Text)> AnswerAsync(HttpContext http, string path)
    {
        const string plain = "text/plain";
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
            return (StatusCodes.Status405MethodNotAllowed, plain, "These pages can only be read.\n");
        return path switch
        {
            "/-/health/live" => (StatusCodes.Status200OK, plain, "ok\n"),
            "/-/health/ready" => await health.CheckAsync(http.RequestAborted) is { Count: > 0 } failures
                ? (StatusCodes.Status503ServiceUnavailable, plain, string.Join('\n', failures) + "\n")
                : (StatusCodes.Status200OK, plain, "ready\n"),
            "/-/metrics" => (StatusCodes.Status200OK, PrometheusExporter.ContentType, exporter.Export()),
            _ => (StatusCodes.Status404NotFound, plain, "There is nothing here.\n"),
        };
    }
}
