using Npgsql;

namespace CasStore.Bench.Scale;

/// <summary>What the store's tables take on disk.</summary>
internal static class TableSizes
{
    private const string Sql = """
        select
            (select sum(pg_total_relation_size(relid)) from pg_partition_tree('casstore.events') where isleaf)::float8
                + pg_total_relation_size('casstore.batches'),
            pg_table_size('casstore.objects')::float8,
            pg_indexes_size('casstore.objects')::float8,
            pg_total_relation_size('casstore.blob_references')::float8,
            (select count(*) from casstore.objects where to_position is null)::float8
        """;

    public static async Task<BytesPerObject> ReadAsync(string postgres, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(postgres);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(Sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        double Bytes(int column) => reader.GetDouble(column) / reader.GetDouble(4);
        return new BytesPerObject(Bytes(0), Bytes(1), Bytes(2), Bytes(3));
    }
}
