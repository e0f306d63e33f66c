using System.Collections;
using CasStore.Bench.Processes;

namespace CasStore.Bench.Store;

/// <summary><c>casstore serve</c> as a child.</summary>
internal sealed class StoreProcess
{
    private readonly ServerProcess _process;

    private StoreProcess(ServerProcess process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public static async Task<StoreProcess> StartAsync(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> environment)
    {
        // The operator's own store must not be what is measured.
        var all = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => (string)variable.Key)
            .Where(name => name.StartsWith("CASSTORE_", StringComparison.Ordinal))
            .ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal);
        foreach (var (name, value) in environment)
            all[name] = value;
        // Its messages are for people, and our output may be for machines.
        return new StoreProcess(await ServerProcess.StartAsync(
            [Path.Combine(SourceTree.Root, "casstore"), "serve", .. arguments], all, "/dev/null", showErrors: true));
    }

    /// <summary>Asks it to stop, and waits until it has.</summary>
    /// <exception cref="BenchmarkException">It did not stop in order.</exception>
    public async Task StopAsync()
    {
        switch (await _process.StopAsync())
        {
            case null:
                throw new BenchmarkException("The store did not stop when asked to; it was killed.");
            case not 0 and var code:
                throw new BenchmarkException($"The store ended with exit code {code}.");
        }
    }
}
