namespace CasStore.Projections.Objects;

/// <summary>
/// The kinds of rows that have not ended. Each condition is that of a partial index of objects, word for word.
/// </summary>
internal static class ObjectRows
{
    /// <summary>The newest version of its key, and an object.</summary>
    public const string Live =
        "objects.to_position is null and objects.superseded_position is null and not objects.is_delete_marker";

    /// <summary>The newest version of its key, and a delete marker.</summary>
    public const string Marker =
        "objects.to_position is null and objects.superseded_position is null and objects.is_delete_marker";

    /// <summary>An older version.</summary>
    public const string Noncurrent =
        "objects.to_position is null and objects.superseded_position is not null";

    /// <summary>
    /// A query of one version of each wanted key: <c>wanted (bucket_id, key, version)</c> has 0 for the null version.
    /// Each look-up has a limit, so that it stays one by key: what looks like one row while the table is empty must not
    /// become a walk through all of an index.
    /// </summary>
    public static string OfWanted(string columns) => $"""
        select version.* from wanted cross join lateral (
            (select {columns} from objects where {IsKey} and {Live} and {IsWanted} limit 1)
            union all
            (select {columns} from objects where {IsKey} and {Marker} and {IsWanted} limit 1)
            union all
            (select {columns} from objects
            where {IsKey} and {Noncurrent} and objects.version_position = wanted.version
                and not objects.is_null_version limit 1)
            union all
            (select {columns} from objects
            where {IsKey} and {Noncurrent} and objects.is_null_version and wanted.version = 0 limit 1)
        ) as version
        """;

    private const string IsKey = "objects.bucket_id = wanted.bucket_id and objects.key = wanted.key";

    private const string IsWanted =
        "case when objects.is_null_version then wanted.version = 0 else objects.version_position = wanted.version end";
}
