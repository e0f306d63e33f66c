using System.CommandLine;

namespace CasStore.Bench;

/// <summary>Options that the benchmarks share.</summary>
internal static class BenchOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print JSON, for machines" };

    public static Option<string> Directory() => new("--directory")
    {
        Description = "Where the temporary directory is made: choose the disk to measure",
        DefaultValueFactory = _ => Path.GetTempPath(),
    };

    public static Option<int> FlushDelay() => new("--flush-delay-us")
    {
        Description = "Microseconds by which each flush takes longer, to imitate a slower disk (needs cc)",
    };

    /// <summary>A whole number of at least 1.</summary>
    public static Option<int> Positive(string name, int value, string description)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError($"{name} must be at least 1.");
        });
        return option;
    }
}
