namespace CasStore.Events.Configuration;

/// <summary>What every process of a store is told: where the data is and which database holds the log.</summary>
/// <param name="DataDirectory">Absolute path of the data directory (<c>CASSTORE_DATA</c>, default
/// <c>./data</c>).</param>
/// <param name="Postgres">Npgsql connection string (<c>CASSTORE_POSTGRES</c>).</param>
public sealed record StoreSettings(string DataDirectory, string Postgres)
{
    /// <summary>Where blobs and their staging area are.</summary>
    public string BlobDirectory => DataDirectory;

    /// <summary>The key that secrets are sealed under; made on first use, mode 0600, never in the database.</summary>
    public string StoreKeyFile => Path.Combine(DataDirectory, "keys", "store.key");

    /// <summary>The root identity's access key and secret, mode 0600.</summary>
    public string CredentialsFile => Path.Combine(DataDirectory, "credentials");

    /// <summary>Process ids and the embedded database's socket.</summary>
    public string RunDirectory => Path.Combine(DataDirectory, "run");

    /// <summary>Reads the environment; <c>CASSTORE_POSTGRES</c> must be set (serve sets it for its children).</summary>
    public static StoreSettings FromEnvironment()
    {
        var postgres = Environment.GetEnvironmentVariable("CASSTORE_POSTGRES");
        if (string.IsNullOrEmpty(postgres))
        {
            throw new InvalidOperationException(
                "CASSTORE_POSTGRES is not set. Start the whole store with 'casstore serve', or set it to an Npgsql " +
                "connection string, such as 'Host=db;Username=casstore;Database=casstore'.");
        }
        var data = Environment.GetEnvironmentVariable("CASSTORE_DATA");
        return new StoreSettings(Path.GetFullPath(string.IsNullOrEmpty(data) ? "data" : data), postgres);
    }
}
