using Npgsql;

namespace CasStore.Projections.Engine;

/// <summary>How the store connects to PostgreSQL.</summary>
internal static class Database
{
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
