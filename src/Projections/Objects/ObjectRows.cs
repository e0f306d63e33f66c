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
    /// </summary>
    public static string OfWanted(string columns) => $"""
        select {columns} from wanted join objects on objects.bucket_id = wanted.bucket_id and objects.key = wanted.key
        where {Live} and {IsWanted}
        union all
        select {columns} from wanted join objects on objects.bucket_id = wanted.bucket_id and objects.key = wanted.key
        where {Marker} and {IsWanted}
        union all
        select {columns} from wanted join objects on objects.bucket_id = wanted.bucket_id and objects.key = wanted.key
            and objects.version_position = wanted.version
        where {Noncurrent} and not objects.is_null_version
        union all
        select {columns} from wanted join objects on objects.bucket_id = wanted.bucket_id and objects.key = wanted.key
        where {Noncurrent} and objects.is_null_version and wanted.version = 0
        """;

    private const string IsWanted =
        "case when objects.is_null_version then wanted.version = 0 else objects.version_position = wanted.version end";
}
