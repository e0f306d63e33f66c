using System.Text;

namespace CasStore.Projections.Engine;

/// <summary>
/// Bounds of key ranges in byte order of UTF-8, which is the order of code points and of S3's listings.
/// </summary>
internal static class KeyRange
{
    /// <summary>No key is greater: keys are at most 1,024 bytes long.</summary>
    public static string Highest { get; } = string.Concat(Enumerable.Repeat("\U0010FFFF", 256));

    /// <summary>
    /// The least string after <paramref name="key"/>: keys hold no NUL, so U+0001 is the least character.
    /// </summary>
    public static string After(string key) => key + '\u0001';

    /// <summary>
    /// The least string greater than all that start with <paramref name="prefix"/>; null when there is none.
    /// </summary>
    public static string? AfterPrefix(string prefix)
    {
        var runes = prefix.EnumerateRunes().ToArray();
        for (var last = runes.Length - 1; last >= 0; last--)
        {
            if (runes[last].Value == 0x10FFFF)
                continue;
            var next = runes[last].Value + 1;
            // Surrogates are no characters of their own.
            var bumped = new Rune(next == 0xD800 ? 0xE000 : next);
            return string.Concat(runes[..last].Select(rune => rune.ToString())) + bumped;
        }
        return null;
    }

    /// <summary>Compares in code point order (UTF-16's order differs above U+FFFF).</summary>
    public static int Compare(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        for (var i = 0; i < length; i++)
        {
            var (a, b) = (left[i], right[i]);
            if (a == b)
                continue;
            var surrogates = char.IsSurrogate(a).CompareTo(char.IsSurrogate(b));
            return surrogates != 0 ? surrogates : a.CompareTo(b);
        }
        return left.Length.CompareTo(right.Length);
    }

    /// <summary>
    /// Where a listing starts: at the prefix, or after the marker. A marker inside a common prefix skips all of it.
    /// Null when nothing can follow.
    /// </summary>
    public static string? Start(string prefix, string? delimiter, string? after)
    {
        if (string.IsNullOrEmpty(after))
            return prefix;
        string? start = After(after);
        if (!string.IsNullOrEmpty(delimiter) && after.StartsWith(prefix, StringComparison.Ordinal))
        {
            var at = after.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            if (at >= 0)
                start = AfterPrefix(after[..(at + delimiter.Length)]);
        }
        if (start is null)
            return null;
        return Compare(start, prefix) > 0 ? start : prefix;
    }
}
