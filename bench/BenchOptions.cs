using System.CommandLine;
using System.Globalization;

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
            // What is no number the parser itself refuses, but only after this.
            var isRefused = result.Tokens.Any(token =>
                !int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) || number < 1);
            if (isRefused)
                result.AddError($"{name} must be a whole number of at least 1.");
        });
        return option;
    }
}
