using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CasStore.Bench.Output;

namespace CasStore.Bench.Limits;

/// <summary><c>bench limits</c>.</summary>
internal static class LimitsCommand
{
    public static Command Create()
    {
        var groups = new Argument<string[]>("groups")
        {
            Description = $"Which to measure (default: all): {string.Join(", ", LimitsBenchmark.Groups)}",
            Arity = ArgumentArity.ZeroOrMore,
        };
        groups.AcceptOnlyFromAmong([.. LimitsBenchmark.Groups]);
        var seconds = BenchOptions.Positive("--seconds", 2, "How long each figure is measured");
        var directory = BenchOptions.Directory();
        var json = BenchOptions.Json();
        var command = new Command("limits", "What disk, PostgreSQL, processor and HTTP allow, whatever the store does")
        {
            groups, seconds, directory, json,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var asked = parsed.GetValue(groups) is { Length: > 0 } some ? some : [.. LimitsBenchmark.Groups];
            var report = await new LimitsBenchmark(
                TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetRequiredValue(directory)).RunAsync(
                    asked, cancel);
            if (parsed.GetValue(json))
                Console.Out.WriteLine(JsonSerializer.Serialize(report, LimitsJson.Default.LimitsReport));
            else
                Print(report);
            return 0;
        });
        return command;
    }

    private static void Print(LimitsReport report)
    {
        Console.Out.WriteLine(Text($"{report.Processors} processors, shared; {report.FileSystem}"));
        Console.Out.WriteLine();
        TextTable.Write(
            ["", "what", "", "unit"],
            [.. report.Limits.Select(limit => (IReadOnlyList<string>)
                [limit.Group, limit.Name, Text($"{limit.Value:N}"), limit.Unit])]);
        foreach (var missing in report.Missing)
            Console.Out.WriteLine(missing);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
