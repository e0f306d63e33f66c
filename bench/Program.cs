using System.CommandLine;
using CasStore.Bench;
using CasStore.Bench.Disk;
using CasStore.Bench.Limits;
using CasStore.Bench.Listing;
using CasStore.Bench.Memory;
using CasStore.Bench.Packs;
using CasStore.Bench.Peers;
using CasStore.Bench.Scale;
using CasStore.Bench.Startup;
using CasStore.Bench.Suites;

const int UsageError = 2;

var root = new RootCommand(
    "Benchmarks. A suite starts a new store in a temporary directory, measures it and removes it. "
    + "What the figures mean: docs/benchmarks.md")
{
    MemoryCommand.Create(),
    StartupCommand.Create(),
    ListCommand.Create(),
    ScaleCommand.Create(),
    PacksCommand.Create(),
    FlushCommand.Create(),
    LimitsCommand.Create(),
    MicroCommand.Create(),
    PeersCommand.Create(),
    HttpCeilingServer.Create(),
};
foreach (var suite in SuiteCommands.Create().Reverse())
    root.Subcommands.Insert(0, suite);
root.HelpName = "./casstore bench";
var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
try
{
    var exitCode = await parsed.InvokeAsync(new InvocationConfiguration
    {
        // A store is stopped in order first.
        ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
        EnableDefaultExceptionHandler = false,
    });
    return parsed.Errors.Count > 0 ? UsageError : exitCode;
}
catch (BenchmarkException e)
{
    await Console.Error.WriteLineAsync($"bench: {e.Message}");
    return 1;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("bench: stopped");
    return 1;
}
