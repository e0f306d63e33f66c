using Npgsql;

namespace CasStore.Projections.Engine;

/// <summary>How the store connects to PostgreSQL.</summary>
internal static class Database
{
    /// <summary>
    /// Connections of a process, unless the connection string says otherwise: more than PostgreSQL can work for at once
    /// only take its memory, and it refuses what is more than it was set to. Queries wait for a free one.
    /// </summary>
    private const int PoolSize = 32;

    /// <summary>A pool for the connection string; what the store needs is added to it.</summary>
    public static NpgsqlDataSource Connect(string connectionString) => Build(connectionString, preparedStatements: 64);

    /// <summary>The same, but every statement is parsed anew and every connection is closed after use.</summary>
    public static NpgsqlDataSource ConnectUnprepared(string connectionString) =>
        Build(connectionString, preparedStatements: 0);

    private static NpgsqlDataSource Build(string connectionString, int preparedStatements)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            SearchPath = "casstore",
            ApplicationName = "casstore",
            MaxAutoPrepare = preparedStatements,
            Pooling = preparedStatements > 0,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            IncludeErrorDetail = false,
        };
        if (!settings.Keys.Cast<string>().Contains("Maximum Pool Size", StringComparer.Ordinal))
            settings.MaxPoolSize = PoolSize;
        // Every statement here is meant to walk an index. A plan cached while a table was empty must not scan it
        // when it has grown, and one plan does for all parameters.
        settings.Options = string.Join(' ', settings.Options,
            "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off",
            "-c plan_cache_mode=force_generic_plan -c synchronous_commit=on").Trim();
        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        builder.EnableArrays();
        builder.EnableTransportSecurity();
        return builder.Build();
    }
}
