using System.Globalization;
using CasStore.BlobCas;
using CasStore.Events.Configuration;

namespace CasStore.Api.Hosting;

/// <summary>What the Api is told by its environment.</summary>
public sealed record ApiSettings
{
    public required StoreSettings Store { get; init; }

    /// <summary>Addresses to listen on (<c>CASSTORE_LISTEN</c>, separated by ';').</summary>
    public required IReadOnlyList<string> Listen { get; init; }

    /// <summary>The store's region (<c>CASSTORE_REGION</c>).</summary>
    public required string Region { get; init; }

    /// <summary>
    /// Domain of virtual-hosted-style requests (<c>CASSTORE_DOMAIN</c>), or null for path style only.
    /// </summary>
    public required string? Domain { get; init; }

    /// <summary>Blobs of up to so many bytes are packed (<c>CASSTORE_PACK_LIMIT</c>, 0 to 65536).</summary>
    public required int PackLimit { get; init; }

    public required string RootAccessKey { get; init; }
    public required string RootSecretKey { get; init; }
    public required LogLevel LogLevel { get; init; }
    public required bool JsonLog { get; init; }

    /// <summary>Reads the environment.</summary>
    /// <exception cref="InvalidOperationException">A setting is missing or makes no sense; the message says
    /// which.</exception>
    public static ApiSettings FromEnvironment()
    {
        var store = StoreSettings.FromEnvironment();
        var (accessKey, secretKey) = Root(store);
        return new ApiSettings
        {
            Store = store,
            Listen = Setting("CASSTORE_LISTEN", "http://127.0.0.1:9000")
                .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            Region = Setting("CASSTORE_REGION", "us-east-1"),
            Domain = Environment.GetEnvironmentVariable("CASSTORE_DOMAIN") is { Length: > 0 } domain ? domain : null,
            PackLimit = Limit("CASSTORE_PACK_LIMIT", BlobStoreOptions.MaxPackLimit),
            RootAccessKey = accessKey,
            RootSecretKey = secretKey,
            LogLevel = Level(Setting("CASSTORE_LOG", "info")),
            JsonLog = Setting("CASSTORE_LOG_FORMAT", "text") == "json",
        };
    }

    private static string Setting(string name, string otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : otherwise;

    private static int Limit(string name, int most)
    {
        var text = Setting(name, most.ToString(CultureInfo.InvariantCulture));
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit <= most
            ? limit
            : throw new InvalidOperationException($"{name} is '{text}'; it must be a number from 0 to {most}.");
    }

    private static LogLevel Level(string name) => name.ToLowerInvariant() switch
    {
        "trace" => LogLevel.Trace,
        "debug" => LogLevel.Debug,
        "info" => LogLevel.Information,
        "warn" or "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        _ => throw new InvalidOperationException(
            $"CASSTORE_LOG is '{name}'; it must be trace, debug, info, warn or error."),
    };

    private static (string AccessKey, string SecretKey) Root(StoreSettings store)
    {
        var accessKey = Setting("CASSTORE_ROOT_ACCESS_KEY", "");
        var secretKey = Setting("CASSTORE_ROOT_SECRET_KEY", "");
        if (accessKey != "" && secretKey != "")
            return (accessKey, secretKey);
        if (accessKey != "" || secretKey != "")
        {
            throw new InvalidOperationException(
                "Set both CASSTORE_ROOT_ACCESS_KEY and CASSTORE_ROOT_SECRET_KEY, or neither.");
        }
        return ReadCredentials(store.CredentialsFile);
    }

    private static (string AccessKey, string SecretKey) ReadCredentials(string file)
    {
        if (!File.Exists(file))
        {
            throw new InvalidOperationException(
                "There is no root identity: set CASSTORE_ROOT_ACCESS_KEY and CASSTORE_ROOT_SECRET_KEY, or let " +
                $"'casstore serve' make {file}.");
        }
        var values = File.ReadLines(file)
            .Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return values.TryGetValue("aws_access_key_id", out var accessKey)
            && values.TryGetValue("aws_secret_access_key", out var secretKey)
            ? (accessKey, secretKey)
            : throw new InvalidOperationException($"{file} lacks aws_access_key_id or aws_secret_access_key.");
    }
}
