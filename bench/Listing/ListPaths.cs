using System.Globalization;
using System.Text;

namespace CasStore.Bench.Listing;

/// <summary>Paths of listings with their queries, in the order in which they are signed.</summary>
internal static class ListPaths
{
    /// <summary>Entries on a page, unless a request says how many.</summary>
    public const int PageSize = 1000;

    public static string Objects(
        string bucket, string? after = null, string? delimiter = null, string? prefix = null, int limit = PageSize) =>
        Path(bucket, ("list-type", "2"), ("start-after", after), ("delimiter", delimiter), ("prefix", prefix),
            ("max-keys", limit.ToString(CultureInfo.InvariantCulture)));

    public static string Objects1(string bucket, string? after = null) => Path(bucket, ("marker", after));

    public static string Versions(string bucket, string? key = null, string? delimiter = null) =>
        Path(bucket, ("versions", ""), ("key-marker", key), ("delimiter", delimiter));

    public static string Uploads(string bucket, string? key = null, string? delimiter = null) =>
        Path(bucket, ("uploads", ""), ("key-marker", key), ("delimiter", delimiter));

    /// <summary>The same listing, gone on with where a page of it ended; null when that was the last.</summary>
    public static string? Next(string path, ReadOnlySpan<byte> page)
    {
        var bucket = path[1..path.IndexOf('?', StringComparison.Ordinal)];
        var query = path[(bucket.Length + 2)..].Split('&').Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]), StringComparer.Ordinal);
        (string Element, string Parameter)[] markers = query switch
        {
            _ when query.ContainsKey("versions") =>
                [("NextKeyMarker", "key-marker"), ("NextVersionIdMarker", "version-id-marker")],
            _ when query.ContainsKey("uploads") =>
                [("NextKeyMarker", "key-marker"), ("NextUploadIdMarker", "upload-id-marker")],
            _ => [("NextContinuationToken", "continuation-token")],
        };
        foreach (var (element, parameter) in markers)
        {
            if (TextOf(page, element) is { Length: > 0 } value)
                query[parameter] = value;
            else
                query.Remove(parameter);
        }
        return query.ContainsKey(markers[0].Parameter)
            ? Path(bucket, [.. query.Select(pair => (pair.Key, (string?)pair.Value))])
            : null;
    }

    private static string Path(string bucket, params (string Name, string? Value)[] parameters)
    {
        var query = parameters.Where(parameter => parameter.Value is not null)
            .OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}");
        return $"/{bucket}?{string.Join('&', query)}";
    }

    private static string? TextOf(ReadOnlySpan<byte> page, string element)
    {
        var open = Encoding.ASCII.GetBytes($"<{element}>");
        var at = page.IndexOf(open);
        if (at < 0)
            return null;
        var text = page[(at + open.Length)..];
        return Encoding.UTF8.GetString(text[..text.IndexOf((byte)'<')]);
    }
}
