using CasStore.Bench.Load;
using CasStore.Bench.Targets;

namespace CasStore.Bench.Suites;

/// <summary>Open connections to one target, and objects of one size that only they use.</summary>
internal sealed class Session : IDisposable
{
    private const int MostPrepared = 2_000_000, MostRead = 20_000;
    // More than the rate before says, so that requests do not run out before the time does.
    private const double Surplus = 1.5;
    private readonly LoadSettings _settings;
    private readonly LoadGenerator _generator;
    private readonly Meter _meter;

    public Session(Target target, string bucket, long objectBytes, int connections, LoadSettings settings)
    {
        Content = new ObjectContent(objectBytes);
        Plan = new RequestPlan(target, bucket, Content, settings.UnsignedPayload);
        _settings = settings;
        _generator = new LoadGenerator(target, Content, connections, settings.Threads);
        _meter = new Meter(target);
    }

    public ObjectContent Content { get; }

    public RequestPlan Plan { get; }

    /// <summary>Sends each request once, in order, as long as the time is not over.</summary>
    /// <param name="operation">Its name in the row.</param>
    /// <param name="carriesBodies">Whether objects go over the wire.</param>
    /// <param name="prepare">Makes the request with a number.</param>
    /// <param name="most">So many requests there can be.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The row, and how many requests were sent in all.</returns>
    public async Task<(SuiteRow Row, int Taken)> OnceAsync(
        string operation, bool carriesBodies, Func<int, PreparedRequest> prepare, int most, CancellationToken cancel)
    {
        var (taken, rate) = await WarmUpAsync(prepare, most / 4, cancel);
        var wanted = rate * _settings.Duration.TotalSeconds * Surplus + _generator.Connections;
        var count = (int)Math.Min(wanted, Math.Min(most - taken, MostPrepared));
        var from = taken;
        var requests = RequestPlan.Many(count, number => prepare(from + number));
        var (row, result) = await MeasureAsync(operation, carriesBodies, requests, repeat: false, cancel);
        return (row, taken + result.Taken);
    }

    /// <summary>Sends requests of a few objects, chosen at random of all, again and again.</summary>
    public async Task<SuiteRow> AgainAsync(
        string operation, bool carriesBodies, Func<int, PreparedRequest> prepare, int objects,
        CancellationToken cancel)
    {
        var numbers = Enumerable.Range(0, objects).ToArray();
        Random.Shared.Shuffle(numbers);
        var requests = RequestPlan.Many(Math.Min(objects, MostRead), index => prepare(numbers[index]));
        await _generator.RunAsync(requests, repeat: true, _settings.WarmUp, cancel);
        return (await MeasureAsync(operation, carriesBodies, requests, repeat: true, cancel)).Row;
    }

    /// <summary>Sends all of these once.</summary>
    public Task<LoadResult> AllAsync(IReadOnlyList<PreparedRequest> requests, CancellationToken cancel) =>
        _generator.RunAsync(requests, repeat: false, TimeSpan.FromHours(1), cancel);

    public void Dispose() => _generator.Dispose();

    private Task<(SuiteRow Row, LoadResult Result)> MeasureAsync(
        string operation, bool carriesBodies, PreparedRequest[] requests, bool repeat, CancellationToken cancel) =>
        _meter.MeasureAsync(operation, Content.Size, _generator.Connections, carriesBodies,
            () => _generator.RunAsync(requests, repeat, _settings.Duration, cancel), cancel);

    // In growing runs, as the rate is not known yet.
    private async Task<(int Taken, double Rate)> WarmUpAsync(
        Func<int, PreparedRequest> prepare, int most, CancellationToken cancel)
    {
        var (taken, rate, spent) = (0, 0.0, TimeSpan.Zero);
        for (var count = _generator.Connections; spent < _settings.WarmUp && taken < most; count *= 2)
        {
            var from = taken;
            var requests = RequestPlan.Many(Math.Min(count, most - taken), number => prepare(from + number));
            var result = await _generator.RunAsync(requests, repeat: false, _settings.WarmUp, cancel);
            taken += result.Taken;
            spent += result.Elapsed;
            rate = result.Taken / result.Elapsed.TotalSeconds;
        }
        return (taken, rate);
    }
}
