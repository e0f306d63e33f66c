using Npgsql;

namespace CasStore.Events.Log;

/// <summary>
/// One batch of commands in one transaction and two round trips: lock the log and read the state; then write events
/// and projections and commit. The lock is held until the commit is durable, which keeps the log gapless and lets
/// readers trust that what is below the head is all there. When all that the commands look at is known already, and
/// nobody else appends, they are decided first and one round trip does. If somebody else did append meanwhile, the
/// positions are taken: PostgreSQL refuses it.
/// </summary>
internal sealed class AppendTransaction(
    IStateReader stateReader, IReadOnlyList<IInlineProjection> projections, LogTail tail)
{
    private const long LogLock = 0x43_61_73_4C_6F_67; // "CasLog"

    private const string ReadHead = """
        select coalesce(last_position, 0), recorded_at, clock_timestamp()
        from (select 1) as always left join
            (select last_position, recorded_at from batches order by last_position desc limit 1) as head on true
        """;

    /// <summary>Takes the lock that orders appends, in all processes, until the transaction ends.</summary>
    public static string TakeLock { get; } = $"select pg_advisory_xact_lock({LogLock})";

    /// <summary>The outcome of each command, in order, and the events that were written.</summary>
    public sealed record Outcome(AppendResult[] Results, IReadOnlyList<RecordedEvent> Events)
    {
        /// <summary>Whether it was decided before the lock was taken.</summary>
        public bool IsEarly { get; init; }
    }

    /// <summary>Decides without a look at the database; null when something is not known or may have changed.</summary>
    public Outcome? DecideEarly(IReadOnlyList<Command> commands)
    {
        var needs = new StateNeeds();
        foreach (var command in commands)
        {
            if (command.Early is not { } early || !tail.Tells(early))
                return null;
            command.Declare(needs);
        }
        var now = RecordedAt(tail.RecordedAt, commands[^1].Early!.Now);
        var state = new WriteState(needs, tail.Head, now);
        foreach (var command in commands)
        {
            var early = command.Early!;
            state.Add(early.Bucket);
            state.AddStream(early.Stream, tail.StreamVersion(early));
        }
        return Decide(commands, state, now) with { IsEarly = true };
    }

    /// <summary>Locks, loads and decides. The transaction is open afterwards.</summary>
    public async Task<Outcome> DecideAsync(
        NpgsqlConnection connection, IReadOnlyList<Command> commands, CancellationToken cancel)
    {
        var needs = new StateNeeds();
        foreach (var command in commands)
            command.Declare(needs);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("begin");
        batch.Add(TakeLock);
        batch.Add(ReadHead);
        stateReader.AddQueries(needs, batch);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel); // past the lock's own (void) row
        await reader.ReadAsync(cancel);
        DateTime? headTime = await reader.IsDBNullAsync(1, cancel) ? null : reader.GetDateTime(1);
        var now = RecordedAt(headTime, reader.GetDateTime(2));
        var state = new WriteState(needs, reader.GetInt64(0), now);
        tail.Found(state.Position, headTime ?? DateTime.MinValue);
        await reader.NextResultAsync(cancel);
        await stateReader.ReadAsync(needs, reader, state, cancel);
        return Decide(commands, state, now);
    }

    /// <summary>Writes what was decided and commits; a batch that decided nothing only ends the transaction.</summary>
    public async Task CommitAsync(NpgsqlConnection connection, Outcome outcome, CancellationToken cancel)
    {
        if (outcome is { IsEarly: true, Events: [] })
            return; // no transaction was begun
        await using var batch = new NpgsqlBatch(connection);
        if (outcome.IsEarly)
        {
            batch.Add("begin");
            batch.Add(TakeLock);
        }
        if (outcome.Events.Count > 0)
        {
            EventWriter.Write(outcome.Events, batch);
            foreach (var projection in projections)
                projection.Project(outcome.Events, batch);
            EventWriter.Notify(outcome.Events[^1].Position, batch);
        }
        batch.Add("commit");
        await batch.ExecuteNonQueryAsync(cancel);
        tail.Append(outcome.Events);
    }

    /// <summary>
    /// Whether an outcome whose commit got no answer was committed. Waits for a commit still under way.
    /// </summary>
    public static async Task<bool> WasCommittedAsync(
        NpgsqlConnection connection, Outcome outcome, CancellationToken cancel)
    {
        if (outcome.Events.Count == 0)
            return true;
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("begin");
        batch.Add(TakeLock);
        batch.Add("select exists (select from events where position = $1 and event_id = $2)")
            .Add(outcome.Events[0].Position)
            .Add(outcome.Events[0].EventId);
        batch.Add("commit");
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        await reader.ReadAsync(cancel);
        return reader.GetBoolean(0);
    }

    /// <summary>Decides the commands in order, each on what those before it did.</summary>
    internal static Outcome Decide(IReadOnlyList<Command> commands, WriteState state, DateTimeOffset now)
    {
        var results = new AppendResult[commands.Count];
        var all = new List<RecordedEvent>(commands.Count);
        for (var i = 0; i < commands.Count; i++)
        {
            var decision = commands[i].Decide(state);
            var own = new IEvent[decision.Events.Count];
            for (var n = 0; n < own.Length; n++)
            {
                var next = decision.Events[n];
                own[n] = next.Event;
                var recorded = new RecordedEvent(
                    state.Position + 1, next.Stream, state.NextVersion(next), Guid.CreateVersion7(now),
                    commands[i].Context, now, next.Event);
                state.Evolve(recorded);
                all.Add(recorded);
            }
            results[i] = new AppendResult(decision.Rejection, state.Position, now, own)
            {
                Outcomes = decision.Outcomes,
            };
        }
        return new Outcome(results, all);
    }

    /// <summary>The database's clock, to the microsecond, but never before the newest batch's.</summary>
    private static DateTimeOffset RecordedAt(DateTime? head, DateTime clock)
    {
        var latest = head > clock ? head.Value : clock;
        return new DateTimeOffset(latest.Ticks - latest.Ticks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
    }
}
