using Npgsql;

namespace CasStore.Events.Log;

/// <summary>A read model that is kept in the append's own transaction, so that a reader sees its own writes.</summary>
public interface IInlineProjection
{
    /// <summary>Adds the statements that take in <paramref name="events"/>: set-based, whatever their number.</summary>
    void Project(IReadOnlyList<RecordedEvent> events, NpgsqlBatch batch);
}

/// <summary>Reads from the read models what commands are decided on.</summary>
public interface IStateReader
{
    /// <summary>Adds the statements that answer <paramref name="needs"/>.</summary>
    void AddQueries(StateNeeds needs, NpgsqlBatch batch);

    /// <summary>Reads their answers, in the same order; the reader stands before the first of them.</summary>
    Task ReadAsync(StateNeeds needs, NpgsqlDataReader reader, WriteState state, CancellationToken cancel);
}
