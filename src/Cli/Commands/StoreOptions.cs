using System.CommandLine;

namespace CasStore.Cli.Commands;

/// <summary>Options that several commands share. A flag goes before the environment, that before the default.</summary>
internal static class StoreOptions
{
    public static Option<string> Data() => WithDefault(
        "--data", "CASSTORE_DATA", "./data", "Directory of the blobs, the embedded PostgreSQL and the keys");

    public static Option<string?> Postgres() => Optional(
        "--postgres", "CASSTORE_POSTGRES", "Npgsql connection string of a PostgreSQL server; without it, the embedded one");

    public static Option<bool> Json() => new("--json") { Description = "Print JSON, for machines" };

    public static Option<string> WithDefault(string name, string variable, string value, string description) => new(name)
    {
        Description = $"{description} [env: {variable}]",
        DefaultValueFactory = _ => FromEnvironment(variable) ?? value,
    };

    public static Option<string?> Optional(string name, string variable, string description) => new(name)
    {
        Description = $"{description} [env: {variable}]",
        DefaultValueFactory = _ => FromEnvironment(variable),
    };

    private static string? FromEnvironment(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
