using System.Diagnostics;
using CasStore.Api.Health;
using CasStore.Api.S3;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Routing;
using CasStore.Api.S3.Website;
using CasStore.Api.Telemetry;
using Microsoft.AspNetCore.Http.Features;

namespace CasStore.Api.Hosting;

/// <summary>
/// Where every request comes in: our own paths under <c>/-/</c>, everything else to S3. Nothing that a request does
/// gets past here.
/// </summary>
internal sealed partial class Endpoint(
    S3Pipeline pipeline,
    ServicePages pages,
    RequestMetrics metrics,
    AccessLog accessLog,
    string? domain,
    ILogger<Endpoint> logger)
{
    /// <summary>Requests served at once; more are told to slow down.</summary>
    private const int MaxInFlight = 1024;

    private int _inFlight;

    public async Task HandleAsync(HttpContext http)
    {
        var rawTarget = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        // A key may begin like one of our pages when the host names the bucket.
        if (rawTarget.StartsWith(ServicePages.Prefix, StringComparison.Ordinal)
            && RequestTarget.VirtualHost(http.Request.Host.Host, domain) is null)
        {
            await pages.HandleAsync(http, rawTarget);
            return;
        }
        var trace = new RequestTrace();
        var started = Stopwatch.GetTimestamp();
        IdentityHeaders.Write(http.Response.Headers, trace.RequestIdText);
        // An empty body is not read, so "100 Continue" is never sent. botocore then keeps the answer's status for the
        // connection and takes the next answer's status line for a header: it must not reuse the connection.
        if (http.Request.Headers.Expect.Count > 0 && (http.Request.ContentLength ?? 0) == 0)
            http.Response.Headers.Connection = "close";
        metrics.Begin();
        try
        {
            if (Interlocked.Increment(ref _inFlight) > MaxInFlight)
                throw new S3Exception(S3Errors.SlowDown);
            await pipeline.HandleAsync(http, rawTarget, trace);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            trace.ErrorCode = "ClientClosedRequest";
            if (!http.Response.HasStarted)
                http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception exception)
        {
            await FailAsync(http, rawTarget, trace, exception);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
            var elapsed = Stopwatch.GetElapsedTime(started);
            metrics.End(trace, http, elapsed);
            accessLog.Write(http, trace, rawTarget, elapsed);
        }
    }

    private async Task FailAsync(HttpContext http, string rawTarget, RequestTrace trace, Exception exception)
    {
        var error = ErrorResponse.From(exception);
        trace.ErrorCode = error.Error.Code;
        if (error.Error.Status >= StatusCodes.Status500InternalServerError && exception is not S3Exception)
            LogFailure(logger, exception, trace.RequestIdText, trace.Operation);
        if (http.Response.HasStarted)
        {
            // The headers promised what cannot be kept; a cut connection is all that can tell.
            http.Abort();
            return;
        }
        try
        {
            if (trace.IsWebsite)
            {
                await ErrorPage.WriteAsync(http, error, trace.RequestIdText);
                return;
            }
            var question = rawTarget.IndexOf('?', StringComparison.Ordinal);
            await ErrorResponse.WriteAsync(
                http, error, question < 0 ? rawTarget : rawTarget[..question], trace.RequestIdText);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            http.Abort();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} ({Operation}) failed")]
    private static partial void LogFailure(ILogger logger, Exception exception, string requestId, string operation);
}
