namespace CasStore.Bench.Limits;

/// <summary>Measures one group of limits after another, so that they can be compared.</summary>
internal sealed class LimitsBenchmark(TimeSpan duration, string directory)
{
    public static IReadOnlyList<string> Groups { get; } = ["disk", "hash", "log", "http", "nginx"];

    public async Task<LimitsReport> RunAsync(IReadOnlyCollection<string> groups, CancellationToken cancel)
    {
        var (limits, missing) = (new List<Limit>(), new List<string>());
        foreach (var group in Groups.Where(groups.Contains))
        {
            switch (group)
            {
                case "disk":
                    limits.AddRange(DiskLimits.Measure(directory, duration, cancel));
                    break;
                case "hash":
                    limits.AddRange(HashLimits.Measure(duration, cancel));
                    break;
                case "log":
                    await foreach (var limit in LogLimits.MeasureAsync(directory, duration, cancel))
                        limits.Add(limit);
                    break;
                case "http":
                    limits.AddRange(await SmallHttpLimits.MeasureAsync(directory, duration, missing, cancel));
                    break;
                default:
                    limits.AddRange(await LargeHttpLimits.MeasureAsync(directory, duration, missing, cancel));
                    break;
            }
        }
        return new LimitsReport(Environment.ProcessorCount, new DriveInfo(directory).DriveFormat, limits, missing);
    }
}
