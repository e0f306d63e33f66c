using Npgsql;

namespace CasStore.Events.Schema;

/// <summary>
/// Brings a database's schema forward. Several processes may do so at once: one works, the others wait.
/// </summary>
public static class Migrator
{
    private const long Lock = 0x43_61_73_4D_69_67_72; // "CasMigr"

    /// <summary>Applies what is missing of <paramref name="migrations"/>, each in a transaction of its own.</summary>
    /// <exception cref="InvalidOperationException">The database was made by a newer version of the store.</exception>
    public static async Task MigrateAsync(
        NpgsqlDataSource database, IReadOnlyList<Migration> migrations, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await ExecuteAsync(connection, $"select pg_advisory_lock({Lock})", cancel);
        try
        {
            await ExecuteAsync(connection, """
                create schema if not exists casstore;
                create table if not exists schema_migrations (
                    version    integer not null primary key,
                    name       text not null,
                    applied_at timestamptz not null default now());
                """, cancel);
            var applied = await AppliedVersionAsync(connection, cancel);
            var newest = migrations.Max(migration => migration.Version);
            if (applied > newest)
            {
                throw new InvalidOperationException(
                    $"The database has schema version {applied}, but this store knows only {newest}: " +
                    "it was last used by a newer version of CasStore. Upgrade this one.");
            }
            foreach (var migration in migrations.Where(step => step.Version > applied).OrderBy(step => step.Version))
                await ApplyAsync(connection, migration, cancel);
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await ExecuteAsync(connection, migration.Sql, cancel);
        await using var record = new NpgsqlCommand(
            "insert into schema_migrations (version, name) values ($1, $2)", connection)
        {
            Parameters =
            {
                new NpgsqlParameter<int> { TypedValue = migration.Version },
                new NpgsqlParameter<string> { TypedValue = migration.Name },
            },
        };
        await record.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private static async Task<int> AppliedVersionAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select coalesce(max(version), 0) from schema_migrations", connection);
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
