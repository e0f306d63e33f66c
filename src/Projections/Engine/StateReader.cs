using CasStore.Events.Buckets;
using CasStore.Events.Log;
using CasStore.Projections.Buckets;
using Npgsql;
using NpgsqlTypes;

namespace CasStore.Projections.Engine;

/// <summary>
/// Reads from the views what a batch of commands is decided on: one statement per kind of need that there is.
/// </summary>
internal sealed class StateReader : IStateReader
{
    private sealed record Query(
        string Sql,
        Func<StateNeeds, bool> IsNeeded,
        Action<StateNeeds, NpgsqlBatchCommand> Bind,
        Action<NpgsqlDataReader, WriteState> Read);

    private static readonly Query[] Queries =
    [
        new("""
            select wanted.stream, newest.stream_version from unnest($1::text[]) as wanted (stream)
            cross join lateral (
                select stream_version from events where events.stream = wanted.stream
                order by stream_version desc limit 1) as newest
            """,
            needs => needs.Streams.Count > 0,
            (needs, command) => command.Add(NpgsqlDbType.Text, needs.Streams.ToArray()),
            (row, state) => state.AddStream(row.GetString(0), row.GetInt64(1))),
        new("""
            select bucket_id, versioning, object_lock, default_retention_mode, default_retention_days,
                default_retention_years,
                array(select name from bucket_configurations where bucket_id = buckets.bucket_id)
            from buckets where bucket_id = any($1)
            """,
            needs => needs.BucketIds.Count > 0,
            (needs, command) => command.Add(NpgsqlDbType.Bigint, needs.BucketIds.ToArray()),
            (row, state) => state.Add(new BucketSettings(
                row.GetInt64(0), Enum.Parse<VersioningStatus>(row.GetString(1)), row.GetBoolean(2),
                BucketQueries.ReadDefaultRetention(row, 3),
                row.GetFieldValue<string[]>(6).ToHashSet(StringComparer.Ordinal)))),
        new("""
            select bucket_id, name, owner, not exists (
                select from objects where objects.bucket_id = buckets.bucket_id and to_position is null)
            from buckets where name = any($1)
            """,
            needs => needs.BucketNames.Count > 0,
            (needs, command) => command.Add(NpgsqlDbType.Text, needs.BucketNames.ToArray()),
            (row, state) => state.Add(
                new BucketState(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetBoolean(3)))),
        new("""
            select objects.bucket_id, objects.key, objects.etag
            from unnest($1::bigint[], $2::text[]) as wanted (bucket_id, key)
            join objects on objects.bucket_id = wanted.bucket_id and objects.key = wanted.key
            where objects.to_position is null
            """,
            needs => needs.Objects.Count > 0,
            (needs, command) => command
                .Add(NpgsqlDbType.Bigint, needs.Objects.Select(wanted => wanted.BucketId).ToArray())
                .Add(NpgsqlDbType.Text, needs.Objects.Select(wanted => wanted.Key).ToArray()),
            (row, state) => state.Add(row.GetInt64(0), row.GetString(1), new ObjectState(row.GetString(2)))),
        new("select upload_id from uploads where upload_id = any($1) and to_position is null",
            needs => needs.Uploads.Count > 0,
            (needs, command) => command.Add(NpgsqlDbType.Text, needs.Uploads.ToArray()),
            (row, state) => state.AddOpenUpload(row.GetString(0))),
        new("""
            select user_id, name, exists (select from buckets where owner = user_id)
            from users where user_id = any($1)
            """,
            needs => needs.UserIds.Count > 0,
            (needs, command) => command.Add(NpgsqlDbType.Text, needs.UserIds.ToArray()),
            (row, state) => state.Add(new UserState(row.GetString(0), row.GetString(1), row.GetBoolean(2)))),
        new("select name from users where name = any($1)",
            needs => needs.UserNames.Count > 0,
            (needs, command) => command.Add(NpgsqlDbType.Text, needs.UserNames.ToArray()),
            (row, state) => state.AddUserName(row.GetString(0))),
        new("select access_key, user_id, is_active from access_keys where access_key = any($1)",
            needs => needs.AccessKeys.Count > 0,
            (needs, command) => command.Add(NpgsqlDbType.Text, needs.AccessKeys.ToArray()),
            (row, state) => state.Add(new AccessKeyState(row.GetString(0), row.GetString(1), row.GetBoolean(2)))),
    ];

    public void AddQueries(StateNeeds needs, NpgsqlBatch batch)
    {
        foreach (var query in Queries.Where(query => query.IsNeeded(needs)))
            query.Bind(needs, batch.Add(query.Sql));
    }

    public async Task ReadAsync(StateNeeds needs, NpgsqlDataReader reader, WriteState state, CancellationToken cancel)
    {
        foreach (var query in Queries.Where(query => query.IsNeeded(needs)))
        {
            while (await reader.ReadAsync(cancel))
                query.Read(reader, state);
            await reader.NextResultAsync(cancel);
        }
    }
}
