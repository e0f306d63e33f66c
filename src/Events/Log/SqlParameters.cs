using Npgsql;
using NpgsqlTypes;

namespace CasStore.Events.Log;

/// <summary>Typed parameters for set-based statements: one array per column.</summary>
public static class SqlParameters
{
    public static NpgsqlBatchCommand Add<T>(this NpgsqlBatchCommand command, NpgsqlDbType type, T[] column)
    {
        command.Parameters.Add(new NpgsqlParameter<T[]>
        {
            TypedValue = column,
            NpgsqlDbType = type | NpgsqlDbType.Array,
        });
        return command;
    }

    public static NpgsqlBatchCommand Add<T>(this NpgsqlBatchCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command;
    }

    /// <summary>A parameter that may be null.</summary>
    public static NpgsqlBatchCommand AddNullable(this NpgsqlBatchCommand command, NpgsqlDbType type, object? value)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        return command;
    }

    /// <summary>A statement at the end of the batch.</summary>
    public static NpgsqlBatchCommand Add(this NpgsqlBatch batch, string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        batch.BatchCommands.Add(command);
        return command;
    }
}
