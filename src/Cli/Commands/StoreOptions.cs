using System.CommandLine;

namespace CasStore.Cli.Commands;

/// <summary>
/// Options that several commands share. A flag goes before the environment, that before the default; the variable of
/// <c>--log-format</c> is <c>CASSTORE_LOG_FORMAT</c>, and so on.
/// </summary>
internal static class StoreOptions
{
    public static Option<string> Data() =>
        WithDefault("--data", "./data", "Directory of the blobs, the embedded PostgreSQL and the keys");

    public static Option<string?> Postgres() => Optional(
        "--postgres", "Npgsql connection string of a PostgreSQL server; without it, the embedded one");

    public static Option<bool> Json() => new("--json") { Description = "Print JSON, for machines" };

    public static Option<string> WithDefault(string name, string value, string description) => new(name)
    {
        Description = $"{description} [env: {VariableOf(name)}]",
        DefaultValueFactory = _ => FromEnvironment(name) ?? value,
    };

    public static Option<string?> Optional(string name, string description) => new(name)
    {
        Description = $"{description} [env: {VariableOf(name)}]",
    };

    /// <summary>The flag's value, or the environment's. No default of the option: --help would print it.</summary>
    public static string? GetOrEnvironment(this ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) ?? FromEnvironment(option.Name);

    private static string? FromEnvironment(string name) =>
        Environment.GetEnvironmentVariable(VariableOf(name)) is { Length: > 0 } value ? value : null;

    private static string VariableOf(string name) =>
        "CASSTORE_" + name.TrimStart('-').Replace('-', '_').ToUpperInvariant();
}
