using Npgsql;

namespace CasStore.Projections.Engine;

/// <summary>
/// SQL of listings that roll keys up to common prefixes: each step of a recursive query seeks past the common prefix
/// that it just found, so that a prefix costs a probe, not its keys, and a page is one round trip. The words that are
/// common to listings have the parameters $1 to $7.
/// </summary>
internal static class SkipScan
{
    /// <summary>First of the parameters that a listing has to itself.</summary>
    public const int FreeParameter = 8;

    /// <summary>The keys that may be listed: $1 is the bucket, $4 the end, if there is one.</summary>
    public static string InRange(bool bounded) => $"bucket_id = $1 and {(bounded ? "key < $4" : "$4 = ''")}";

    /// <summary>
    /// The common prefix of a key, or null: the prefix of $6 characters, what follows it up to the delimiter $5, and
    /// the delimiter itself.
    /// </summary>
    public static string CommonPrefix(string key) => $"""
        case when position($5 in substr({key}, $6 + 1)) > 0
        then left({key}, $6 + position($5 in substr({key}, $6 + 1)) - 1 + length($5)) end
        """;

    /// <summary>Where the key after a row is looked for. $7 is the least string after all that start with $5.</summary>
    public static string After(string row) => $"""
        case when {row}.common_prefix is null then {row}.key || chr(1)
        else left({row}.common_prefix, -length($5)) || $7 end
        """;

    /// <summary>Binds $1 to $7: from <paramref name="start"/> at most <paramref name="limit"/> rows.</summary>
    public static void Bind(
        NpgsqlParameterCollection parameters, long bucketId, string prefix, string? delimiter, string start, int limit)
    {
        parameters.Add(new NpgsqlParameter<long> { TypedValue = bucketId });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = start });
        parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = KeyRange.AfterPrefix(prefix) ?? "" });
        delimiter ??= "";
        parameters.Add(new NpgsqlParameter<string> { TypedValue = delimiter });
        parameters.Add(new NpgsqlParameter<int> { TypedValue = prefix.EnumerateRunes().Count() });
        parameters.Add(new NpgsqlParameter<string>
        {
            TypedValue = KeyRange.AfterPrefix(delimiter) ?? delimiter + KeyRange.Highest,
        });
    }
}
