using CasStore.Events.Buckets;
using CasStore.Events.Log;
using CasStore.Events.Objects;
using CasStore.Projections.Buckets;
using CasStore.Projections.Objects;
using Npgsql;
using NpgsqlTypes;

namespace CasStore.Projections.Engine;

/// <summary>
/// Reads from the views what a batch of commands is decided on: one statement per kind of need that there is. Each is
/// worded so that a plan made while the tables were empty is a look-up by key: an offset keeps "exists" from reading
/// the whole table once, and uploads that are open are not asked for in the words of the index that has no ids.
/// </summary>
internal sealed class StateReader : IStateReader
{
    private sealed record Query(
        string Sql,
        Func<StateNeeds, bool> IsNeeded,
        Action<StateNeeds, NpgsqlBatchCommand> Bind,
        Action<NpgsqlDataReader, WriteState> Read);

    private const string VersionColumns = """
        objects.bucket_id, objects.key, objects.version_position, objects.is_null_version, objects.is_delete_marker,
        objects.etag, objects.size, objects.last_modified, objects.retention_mode, objects.retain_until,
        objects.legal_hold
        """;

    private static readonly Query[] Queries =
    [
        new("""
            select wanted.stream, newest.stream_version from (select unnest($1::text[]) as stream) as wanted
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
        new($"""
            select bucket_id, name, owner,
                not exists (
                    select from objects where objects.bucket_id = buckets.bucket_id and {ObjectRows.Live} offset 0)
                and not exists (
                    select from objects where objects.bucket_id = buckets.bucket_id and {ObjectRows.Marker} offset 0)
            from buckets where name = any($1)
            """,
            needs => needs.BucketNames.Count > 0,
            (needs, command) => command.Add(NpgsqlDbType.Text, needs.BucketNames.ToArray()),
            (row, state) => state.Add(
                new BucketState(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetBoolean(3)))),
        new($"""
            select newest.* from (select unnest($1::bigint[]) as bucket_id, unnest($2::text[]) as key,
                unnest($3::integer[]) as depth) as wanted
            cross join lateral (
                (select {VersionColumns} from objects
                where objects.bucket_id = wanted.bucket_id and objects.key = wanted.key and {ObjectRows.Live})
                union all
                (select {VersionColumns} from objects
                where objects.bucket_id = wanted.bucket_id and objects.key = wanted.key and {ObjectRows.Marker})
                union all
                (select {VersionColumns} from objects
                where objects.bucket_id = wanted.bucket_id and objects.key = wanted.key and {ObjectRows.Noncurrent}
                order by version_position desc limit wanted.depth - 1)
            ) as newest
            order by bucket_id, key, version_position desc
            """,
            needs => needs.Objects.Count > 0,
            (needs, command) => command
                .Add(NpgsqlDbType.Bigint, needs.Objects.Keys.Select(wanted => wanted.BucketId).ToArray())
                .Add(NpgsqlDbType.Text, needs.Objects.Keys.Select(wanted => wanted.Key).ToArray())
                .Add(NpgsqlDbType.Integer, needs.Objects.Values.ToArray()),
            (row, state) => state.AddNewest(row.GetInt64(0), row.GetString(1), ReadVersion(row))),
        new($"""
            with wanted as (
                select * from unnest($1::bigint[], $2::text[], $3::bigint[]) as wanted (bucket_id, key, version)
            )
            {ObjectRows.OfWanted(VersionColumns)}
            """,
            needs => needs.Versions.Count > 0,
            (needs, command) => command
                .Add(NpgsqlDbType.Bigint, needs.Versions.Select(wanted => wanted.BucketId).ToArray())
                .Add(NpgsqlDbType.Text, needs.Versions.Select(wanted => wanted.Key).ToArray())
                .Add(NpgsqlDbType.Bigint, needs.Versions.Select(wanted => VersionId.Position(wanted.VersionId))
                    .ToArray()),
            (row, state) => state.AddVersion(row.GetInt64(0), row.GetString(1), ReadVersion(row))),
        new("select upload_id from uploads where upload_id = any($1) and coalesce(to_position, 0) = 0",
            needs => needs.Uploads.Count > 0,
            (needs, command) => command.Add(NpgsqlDbType.Text, needs.Uploads.ToArray()),
            (row, state) => state.AddOpenUpload(row.GetString(0))),
        new("""
            select user_id, name, exists (select from buckets where owner = user_id offset 0)
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

    private static ObjectState ReadVersion(NpgsqlDataReader row) => new(
        row.GetBoolean(3) ? VersionId.Null : VersionId.Of(row.GetInt64(2)), row.GetBoolean(4), row.GetString(5),
        row.GetInt64(6), new DateTimeOffset(row.GetDateTime(7), TimeSpan.Zero))
    {
        Retention = ObjectQueries.ReadRetention(row, 8),
        LegalHold = !row.IsDBNull(10) && row.GetBoolean(10),
    };
}
