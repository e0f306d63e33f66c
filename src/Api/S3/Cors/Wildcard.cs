namespace CasStore.Api.S3.Cors;

/// <summary>Text with at most one '*', which stands for any text.</summary>
public static class Wildcard
{
    /// <summary>Whether the pattern has more than one '*'.</summary>
    public static bool HasSeveral(string pattern) => pattern.AsSpan().Count('*') > 1;

    /// <summary>Whether a pattern of at most one '*' matches the whole text.</summary>
    public static bool Matches(string pattern, string text, StringComparison comparison)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
            return string.Equals(pattern, text, comparison);
        return text.Length >= pattern.Length - 1
            && text.StartsWith(pattern[..star], comparison)
            && text.EndsWith(pattern[(star + 1)..], comparison);
    }
}
