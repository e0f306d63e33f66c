namespace CasStore.Workers;

/// <summary>What the environment tells the control plane beside <c>StoreSettings</c>.</summary>
public static partial class WorkerSettings
{
    /// <summary>Where the console is (<c>CASSTORE_CONSOLE_LISTEN</c>).</summary>
    public static string ConsoleListen =>
        Environment.GetEnvironmentVariable("CASSTORE_CONSOLE_LISTEN") is { Length: > 0 } listen
            ? listen
            : "http://127.0.0.1:9001";

    /// <summary>Logs to standard error as <c>CASSTORE_LOG</c> and <c>CASSTORE_LOG_FORMAT</c> say.</summary>
    /// <exception cref="InvalidOperationException">The level is unknown.</exception>
    public static void ConfigureFromEnvironment(this ILoggingBuilder logging)
    {
        var level = Environment.GetEnvironmentVariable("CASSTORE_LOG")?.ToLowerInvariant() switch
        {
            null or "" or "info" => LogLevel.Information,
            "trace" => LogLevel.Trace,
            "debug" => LogLevel.Debug,
            "warning" or "warn" => LogLevel.Warning,
            "error" => LogLevel.Error,
            var other => throw new InvalidOperationException(
                $"CASSTORE_LOG is '{other}'; it may be trace, debug, info, warning or error."),
        };
        logging.ClearProviders().SetMinimumLevel(level).AddFilter("Microsoft", LogLevel.Warning);
        if (Environment.GetEnvironmentVariable("CASSTORE_LOG_FORMAT") == "json")
        {
            logging.AddJsonConsole(console => console.UseUtcTimestamp = true);
            return;
        }
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
    }

    /// <summary>Tells why the process ends.</summary>
    [LoggerMessage(LogLevel.Critical, "Workers cannot run: {Reason}")]
    public static partial void LogStartFailed(this ILogger logger, string reason);
}
