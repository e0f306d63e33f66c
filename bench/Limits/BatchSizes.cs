using System.Diagnostics.Metrics;

namespace CasStore.Bench.Limits;

/// <summary>Listens to how many commands the log's transactions had.</summary>
internal sealed class BatchSizes : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _batches, _commands;

    public BatchSizes()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "casstore_append_batch_size")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((_, size, _, _) =>
        {
            Interlocked.Increment(ref _batches);
            Interlocked.Add(ref _commands, size);
        });
        _listener.Start();
    }

    public double Mean => _batches == 0 ? 0 : (double)_commands / _batches;

    public void Dispose() => _listener.Dispose();
}
