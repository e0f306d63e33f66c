using System.CommandLine;

using CasStore.Cli.Serving;

namespace CasStore.Cli.Commands;

/// <summary><c>casstore serve</c>.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var data = StoreOptions.Data();
        var postgres = StoreOptions.Postgres();
        var listen = StoreOptions.WithDefault("--listen", "CASSTORE_LISTEN", "http://127.0.0.1:9000", "Address of S3");
        var console = StoreOptions.WithDefault(
            "--console-listen", "CASSTORE_CONSOLE_LISTEN", "http://127.0.0.1:9001", "Address of the console");
        var region = StoreOptions.WithDefault("--region", "CASSTORE_REGION", "us-east-1", "Region that requests are signed for");
        var domain = StoreOptions.Optional("--domain", "CASSTORE_DOMAIN", "Domain whose subdomains are buckets");
        var history = StoreOptions.Optional(
            "--history-days", "CASSTORE_HISTORY_DAYS", "Days that past states are kept: a number, or 'forever'");
        var log = StoreOptions.Optional("--log", "CASSTORE_LOG", "Log level: trace, debug, info, warning, error");
        var format = StoreOptions.Optional("--log-format", "CASSTORE_LOG_FORMAT", "Form of the log");
        format.AcceptOnlyFromAmong("json", "text");
        var command = new Command("serve", "Run the whole store until Ctrl-C: PostgreSQL if none is given, Api and Workers")
        {
            data, postgres, listen, console, region, domain, history, log, format,
        };
        command.SetAction((parsed, _) => StoreHost.RunAsync(new ServeSettings(
            parsed.GetRequiredValue(data), parsed.GetValue(postgres), parsed.GetRequiredValue(listen),
            parsed.GetRequiredValue(console), parsed.GetRequiredValue(region), parsed.GetValue(domain),
            parsed.GetValue(history), parsed.GetValue(log), parsed.GetValue(format))));
        return command;
    }
}
