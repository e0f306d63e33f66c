using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace CasStore.Api.Telemetry;

/// <summary>
/// Collects what the store's meters publish and shows it in Prometheus's text format. No exporter package that can be
/// had does this without the reflection that the data plane avoids.
/// </summary>
/// <remarks>https://prometheus.io/docs/instrumenting/exposition_formats/</remarks>
internal sealed class PrometheusExporter : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly double[] SecondBounds =
        [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private static readonly double[] CountBounds = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

    private readonly ConcurrentDictionary<(Instrument Instrument, string Labels), MetricSeries> _series = new();
    private readonly MeterListener _listener = new();

    public PrometheusExporter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith("CasStore.", StringComparison.Ordinal))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>All series as text.</summary>
    public string Export()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        var families = _series.GroupBy(series => series.Key.Instrument);
        foreach (var family in families.OrderBy(family => family.Key.Name, StringComparer.Ordinal))
        {
            var (name, type) = Describe(family.Key);
            text.Append(
                CultureInfo.InvariantCulture, $"# HELP {name} {family.Key.Description}\n# TYPE {name} {type}\n");
            foreach (var (key, series) in family.OrderBy(series => series.Key.Labels, StringComparer.Ordinal))
                Append(text, name, key.Labels, series.Read(), BoundsOf(family.Key));
        }
        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = _series.GetOrAdd((instrument, Labels(tags)), key => new MetricSeries(BoundsOf(key.Instrument)));
        if (instrument.IsObservable)
            series.Set(value);
        else
            series.Add(value);
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
            return "";
        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(name).Append("=\"")
                .Append(value?.ToString()?.Replace("\\", "\\\\", StringComparison.Ordinal)
                    .Replace("\"", "\\\"", StringComparison.Ordinal))
                .Append('"');
        }
        return text.ToString();
    }

    private static (string Name, string Type) Describe(Instrument instrument) => instrument switch
    {
        Histogram<double> or Histogram<int> => (instrument.Name, "histogram"),
        Counter<long> => ($"{instrument.Name}_total", "counter"),
        _ => (instrument.Name, "gauge"),
    };

    private static double[]? BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> => SecondBounds,
        Histogram<int> => CountBounds,
        _ => null,
    };

    private static void Append(
        StringBuilder text, string name, string labels, (double Sum, long[]? Counts) value, double[]? bounds)
    {
        var braces = labels.Length == 0 ? "" : $"{{{labels}}}";
        if (value.Counts is not { } counts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{braces} {value.Sum}\n");
            return;
        }
        var below = 0L;
        var comma = labels.Length == 0 ? "" : ",";
        for (var i = 0; i < counts.Length; i++)
        {
            below += counts[i];
            var bound = i < bounds!.Length ? bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels}{comma}le=\"{bound}\"}} {below}\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"{name}_sum{braces} {value.Sum}\n{name}_count{braces} {below}\n");
    }
}
