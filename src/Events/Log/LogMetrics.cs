using System.Diagnostics.Metrics;

namespace CasStore.Events.Log;

/// <summary>What the append queue tells of itself.</summary>
internal sealed class LogMetrics : IDisposable
{
    private readonly Meter _meter = new("CasStore.Events");

    public LogMetrics(Func<int> queueDepth)
    {
        _meter.CreateObservableGauge("casstore_append_queue_depth", queueDepth, "{command}", "Commands that wait.");
        Commands = _meter.CreateCounter<long>("casstore_append_commands", "{command}", "Commands decided.");
        Events = _meter.CreateCounter<long>("casstore_append_events", "{event}", "Events committed.");
        BatchSize = _meter.CreateHistogram<int>("casstore_append_batch_size", "{command}",
            "Commands per transaction.");
        CommitSeconds = _meter.CreateHistogram<double>("casstore_append_commit_seconds", "s",
            "Time from taking a batch to its commit.");
        Retries = _meter.CreateCounter<long>("casstore_append_retries", "{batch}",
            "Batches tried again after a lost connection.");
    }

    public Counter<long> Commands { get; }
    public Counter<long> Events { get; }
    public Histogram<int> BatchSize { get; }
    public Histogram<double> CommitSeconds { get; }
    public Counter<long> Retries { get; }

    public void Dispose() => _meter.Dispose();
}
