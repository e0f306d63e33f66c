namespace CasStore.Api.S3.Headers;

/// <summary>ETags between the store, which keeps them bare, and HTTP, which quotes them (RFC 9110 §8.8.3).</summary>
public static class ETags
{
    public static string Quote(string etag) => $"\"{etag}\"";

    /// <summary>Bare; weak tags compare like strong ones, as S3 has no weak ones.</summary>
    public static string Unquote(string etag)
    {
        var text = etag.Trim();
        if (text.StartsWith("W/", StringComparison.Ordinal))
            text = text[2..];
        return text.Length >= 2 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : text;
    }

    /// <summary>Whether a list of ETags, or <c>*</c>, names this one.</summary>
    public static bool Lists(string list, string etag) => list.Trim() == "*"
        || list.Split(',').Any(one => Unquote(one) == etag);
}
