using System.CommandLine;
using CasStore.Bench.Disk;
using CasStore.Bench.Output;
using CasStore.Bench.Store;
using CasStore.Bench.Targets;

namespace CasStore.Bench.Suites;

/// <summary>A command that runs a suite of loads, with the options that all of them have.</summary>
internal sealed class SuiteCommand
{
    private readonly Option<double> _seconds;
    private readonly Option<double> _warmUp = new("--warm-up")
    {
        Description = "Seconds of the same before, not counted",
        DefaultValueFactory = _ => 1,
    };
    private readonly Option<int> _rounds = BenchOptions.Positive(
        "--rounds", 1, "How often all is measured; the medians are told");
    private readonly Option<int> _threads = BenchOptions.Positive("--threads", 1, "Threads of the load generator");
    private readonly Option<string> _payload = new("--payload")
    {
        Description = "signed: PUTs tell their content's SHA-256; unsigned: they do not",
        DefaultValueFactory = _ => "signed",
    };
    private readonly TargetOptions _targets = new();
    private readonly OutputOptions _output = new();
    private readonly Command _command;

    private SuiteCommand(string name, string description, double seconds)
    {
        _seconds = new Option<double>("--seconds")
        {
            Description = "How long each figure is measured",
            DefaultValueFactory = _ => seconds,
        };
        _payload.AcceptOnlyFromAmong("signed", "unsigned");
        _command = new Command(name, description) { _seconds, _warmUp, _rounds, _threads, _payload };
        _targets.AddTo(_command);
        _output.AddTo(_command);
    }

    /// <summary>Makes the command of a suite.</summary>
    /// <param name="name">Of the command.</param>
    /// <param name="description">Of the suite.</param>
    /// <param name="seconds">For each figure, unless told.</param>
    /// <param name="options">The suite's own.</param>
    /// <param name="suite">Makes the suite of them.</param>
    /// <param name="draw">Its picture.</param>
    public static Command Create(
        string name, string description, double seconds, IReadOnlyList<Option> options,
        Func<ParseResult, ISuite> suite, Func<SuiteReport, string> draw)
    {
        var created = new SuiteCommand(name, description, seconds);
        for (var at = 0; at < options.Count; at++)
            created._command.Options.Insert(at, options[at]);
        created._command.SetAction((parsed, cancel) => created.RunAsync(parsed, suite(parsed), draw, cancel));
        return created._command;
    }

    private async Task<int> RunAsync(
        ParseResult parsed, ISuite suite, Func<SuiteReport, string> draw, CancellationToken cancel)
    {
        var settings = new LoadSettings(
            TimeSpan.FromSeconds(parsed.GetValue(_seconds)), TimeSpan.FromSeconds(parsed.GetValue(_warmUp)),
            parsed.GetValue(_threads), parsed.GetValue(_payload) == "unsigned");
        await using var targets = await _targets.StartAsync(parsed, cancel);
        var limits = targets.Store is { } store ? await MeasureAsync(store, cancel) : null;
        var rounds = new List<IReadOnlyList<SuiteRow>>();
        while (rounds.Count < parsed.GetValue(_rounds))
            rounds.Add(await suite.RunAsync(targets.Targets, settings, cancel));
        var rows = Rounds.Median(rounds);
        var report = new SuiteReport(
            _command.Name, targets.Store?.ApiBuild, Environment.ProcessorCount, settings.Threads,
            settings.UnsignedPayload, settings.Duration.TotalSeconds, rounds.Count, limits, rows);
        await _output.WriteAsync(parsed, report, ReportJson.Default.SuiteReport, SuiteTable.Print, draw, cancel);
        return rows.Sum(row => row.Errors) == 0 ? 0 : 1;
    }

    private static async Task<MachineLimits> MeasureAsync(FreshStore store, CancellationToken cancel) => new(
        await FlushLimit.MeasureApartAsync(store.Data, store.Delay, cancel), store.Delay?.Microseconds ?? 0,
        await CommitLimit.MeasureAsync(store.Data, cancel));
}
