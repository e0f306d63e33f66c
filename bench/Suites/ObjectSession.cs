using System.Globalization;
using CasStore.Bench.Load;
using CasStore.Bench.Targets;

namespace CasStore.Bench.Suites;

/// <summary>The life of objects of one size on one target: put, read, listed, mixed, deleted.</summary>
internal sealed class ObjectSession(
    Target target, string bucket, long objectBytes, int connections, LoadSettings settings) : IDisposable
{
    /// <summary>A PUT, a HEAD and a DELETE for so many GETs: 70 % GET, 20 % PUT, 5 % HEAD, 5 % DELETE.</summary>
    public const string Mix = "GGPGGGHGGPGGGDGGPGGP";

    // Contents of the mixed load's own objects are none of the others'.
    private const long MixedContent = 1L << 40;
    private readonly Session _session = new(target, bucket, objectBytes, connections, settings);
    private readonly string _prefix = string.Create(CultureInfo.InvariantCulture, $"{objectBytes}-{connections}");
    private int _stored;

    public Task<SuiteRow> MeasureAsync(ObjectOperation operation, CancellationToken cancel) => operation switch
    {
        ObjectOperation.Put => PutAsync(cancel),
        ObjectOperation.Get => ReadAsync(
            "GET", carriesBodies: true, number => _session.Plan.Get(_prefix, number, number), cancel),
        ObjectOperation.Head => ReadAsync(
            "HEAD", carriesBodies: false, number => _session.Plan.Head(_prefix, number), cancel),
        ObjectOperation.List => ReadAsync(
            "LIST", carriesBodies: false, number => _session.Plan.List(_prefix, number, _stored), cancel),
        ObjectOperation.Mixed => MixAsync(cancel),
        _ => DeleteAsync(cancel),
    };

    public void Dispose() => _session.Dispose();

    private async Task<SuiteRow> PutAsync(CancellationToken cancel)
    {
        var (row, taken) = await _session.OnceAsync(
            "PUT", carriesBodies: true, number => _session.Plan.Put(_prefix, number, number), int.MaxValue, cancel);
        _stored = taken;
        return row;
    }

    private async Task<SuiteRow> ReadAsync(
        string operation, bool carriesBodies, Func<int, PreparedRequest> prepare, CancellationToken cancel)
    {
        await EnsureStoredAsync(cancel);
        return await _session.AgainAsync(operation, carriesBodies, prepare, _stored, cancel);
    }

    // Reads the older half of the objects, deletes of the newer half, puts new ones.
    private async Task<SuiteRow> MixAsync(CancellationToken cancel)
    {
        await EnsureStoredAsync(cancel);
        var plan = _session.Plan;
        var readable = (_stored + 1) / 2;
        PreparedRequest Prepare(int number)
        {
            var read = (int)(number * 2_654_435_761L % readable);
            return Mix[number % Mix.Length] switch
            {
                'G' => plan.Get(_prefix, read, read),
                'P' => plan.Put(_prefix + "-mixed", number, MixedContent + number),
                'H' => plan.Head(_prefix, read),
                _ => plan.Delete(_prefix, readable + number / Mix.Length),
            };
        }
        var most = (int)Math.Min((long)(_stored - readable) * Mix.Length, int.MaxValue);
        var (row, _) = await _session.OnceAsync(
            "mixed", carriesBodies: false, Prepare, Math.Max(most, Mix.IndexOf('D')), cancel);
        _stored = readable;
        return row;
    }

    private async Task<SuiteRow> DeleteAsync(CancellationToken cancel)
    {
        await EnsureStoredAsync(cancel);
        var (row, _) = await _session.OnceAsync(
            "DELETE", carriesBodies: false, number => _session.Plan.Delete(_prefix, number), _stored, cancel);
        _stored = 0;
        return row;
    }

    private async Task EnsureStoredAsync(CancellationToken cancel)
    {
        if (_stored == 0)
            await PutAsync(cancel);
    }
}
