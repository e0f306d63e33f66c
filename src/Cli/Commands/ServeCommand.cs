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
        var listen = StoreOptions.WithDefault("--listen", "http://127.0.0.1:9000", "Address of S3");
        var console = StoreOptions.WithDefault(
            "--console-listen", "http://127.0.0.1:9001", "Address of the console");
        var region = StoreOptions.WithDefault("--region", "us-east-1", "Region that requests are signed for");
        var domain = StoreOptions.Optional("--domain", "Domain whose subdomains are buckets");
        var history = StoreOptions.Optional(
            "--history-days", "Days that past states are kept: a number, or 'forever' (nothing is removed yet)");
        var log = StoreOptions.Optional("--log", "Log level: trace, debug, info, warning, error");
        var format = StoreOptions.Optional("--log-format", "Form of the log");
        format.AcceptOnlyFromAmong("json", "text");
        var command = new Command("serve", "Run the whole store until Ctrl-C: PostgreSQL unless given, Api, Workers")
        {
            data, postgres, listen, console, region, domain, history, log, format,
        };
        command.SetAction((parsed, _) => StoreHost.RunAsync(new ServeSettings(
            parsed.GetRequiredValue(data), parsed.GetOrEnvironment(postgres), parsed.GetRequiredValue(listen),
            parsed.GetRequiredValue(console), parsed.GetRequiredValue(region), parsed.GetOrEnvironment(domain),
            parsed.GetOrEnvironment(history), parsed.GetOrEnvironment(log), parsed.GetOrEnvironment(format))));
        return command;
    }
}
