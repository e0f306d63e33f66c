using System.Diagnostics.Metrics;
using System.Globalization;
using CasStore.Api.S3;

namespace CasStore.Api.Telemetry;

/// <summary>What the S3 endpoint counts.</summary>
internal sealed class RequestMetrics : IDisposable
{
    private readonly Meter _meter = new("CasStore.Api");
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _seconds;
    private readonly Counter<long> _received;
    private readonly Counter<long> _sent;
    private int _inFlight;

    public RequestMetrics()
    {
        _requests =
            _meter.CreateCounter<long>("casstore_requests", "{request}", "S3 requests by operation and status.");
        _seconds = _meter.CreateHistogram<double>("casstore_request_seconds", "s", "Time to serve a request.");
        _received =
            _meter.CreateCounter<long>("casstore_received_bytes", "By", "Bytes of request bodies, as declared.");
        _sent = _meter.CreateCounter<long>("casstore_sent_bytes", "By", "Bytes of response bodies, as declared.");
        _meter.CreateObservableGauge(
            "casstore_requests_in_flight", () => _inFlight, "{request}", "Requests being served.");
    }

    public void Begin() => Interlocked.Increment(ref _inFlight);

    public void End(RequestTrace trace, HttpContext http, TimeSpan elapsed)
    {
        Interlocked.Decrement(ref _inFlight);
        var operation = new KeyValuePair<string, object?>("operation", trace.Operation);
        var status = http.Response.StatusCode.ToString(CultureInfo.InvariantCulture);
        _requests.Add(1, operation, new KeyValuePair<string, object?>("status", status));
        _seconds.Record(elapsed.TotalSeconds, operation);
        _received.Add(http.Request.ContentLength ?? 0);
        _sent.Add(HttpMethods.IsHead(http.Request.Method) ? 0 : http.Response.ContentLength ?? 0);
    }

    public void Dispose() => _meter.Dispose();
}
