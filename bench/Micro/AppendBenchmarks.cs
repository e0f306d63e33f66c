using BenchmarkDotNet.Attributes;
using CasStore.Events.Buckets;
using CasStore.Events.Log;
using Npgsql;

namespace CasStore.Micro;

/// <summary>What the append queue does for a batch of PUTs, but for talking to the database.</summary>
public class AppendBenchmarks
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.UnixEpoch.AddDays(20_000);
    private Command[] _commands = [];

    /// <summary>Commands in the batch.</summary>
    [Params(1, 32)]
    public int Puts { get; set; }

    [GlobalSetup]
    public void Prepare() => _commands = [.. Enumerable.Range(0, Puts).Select(SamplePuts.Put)];

    [Benchmark]
    public object Decide() => DecideBatch();

    [Benchmark]
    public object DecideAndSerialize()
    {
        using var batch = new NpgsqlBatch();
        EventWriter.Write(DecideBatch().Events, batch);
        return batch.BatchCommands.Count;
    }

    private AppendTransaction.Outcome DecideBatch()
    {
        var needs = new StateNeeds();
        foreach (var command in _commands)
            command.Declare(needs);
        var state = new WriteState(needs, 1000, s_now);
        state.Add(new BucketSettings(
            SamplePuts.BucketId, VersioningStatus.Off, ObjectLock: false, DefaultRetention: null,
            new HashSet<string>(StringComparer.Ordinal)));
        return AppendTransaction.Decide(_commands, state, s_now);
    }
}
