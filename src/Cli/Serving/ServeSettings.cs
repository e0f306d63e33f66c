namespace CasStore.Cli.Serving;

/// <summary>What serve was told, by flag or environment; what is null is left to the processes' own defaults.</summary>
internal sealed record ServeSettings(
    string Data,
    string? Postgres,
    string Listen,
    string ConsoleListen,
    string Region,
    string? Domain,
    string? HistoryDays,
    string? Log,
    string? LogFormat)
{
    /// <summary>The environment that tells the started processes the same.</summary>
    public Dictionary<string, string?> ToEnvironment(string dataRoot, string postgres) => new(StringComparer.Ordinal)
    {
        ["CASSTORE_DATA"] = dataRoot,
        ["CASSTORE_POSTGRES"] = postgres,
        ["CASSTORE_LISTEN"] = Listen,
        ["CASSTORE_CONSOLE_LISTEN"] = ConsoleListen,
        ["CASSTORE_REGION"] = Region,
        ["CASSTORE_DOMAIN"] = Domain,
        ["CASSTORE_HISTORY_DAYS"] = HistoryDays,
        ["CASSTORE_LOG"] = Log,
        ["CASSTORE_LOG_FORMAT"] = LogFormat,
    };
}
