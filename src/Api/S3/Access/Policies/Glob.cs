namespace CasStore.Api.S3.Access.Policies;

/// <summary>
/// Text in which some characters are wildcards: <c>*</c> for any run of characters, <c>?</c> for any one. Every
/// character counts alike, line breaks too; it never goes back further than to the last star, so that no pattern can
/// make it take long.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="wild">Which of its characters are wildcards; null for none.</param>
public readonly struct Glob(string text, bool[]? wild)
{
    /// <summary>The text as it stands, wildcards or not.</summary>
    public string Text => text;

    /// <summary>Whether all of a value matches.</summary>
    public bool Matches(ReadOnlySpan<char> value, bool ignoreCase = false)
    {
        if (wild is null)
        {
            return value.Equals(
                text, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
        }
        var (at, position) = (0, 0);
        var (afterStar, retry) = (-1, 0);
        while (position < value.Length)
        {
            var step = at < text.Length ? Step(at, value, position, ignoreCase) : 0;
            if (step > 0)
            {
                at++;
                position += step;
            }
            else if (at < text.Length && IsStar(at))
            {
                (afterStar, retry) = (++at, position);
            }
            else if (afterStar >= 0)
            {
                (at, position) = (afterStar, ++retry);
            }
            else
            {
                return false;
            }
        }
        while (at < text.Length && IsStar(at))
            at++;
        return at == text.Length;
    }

    /// <summary>Whether it matches some text that begins with <paramref name="prefix"/>.</summary>
    public bool MatchesSomeTextAfter(ReadOnlySpan<char> prefix)
    {
        // The places in the pattern that a match of what was read of the prefix can have come to.
        var places = new bool[text.Length + 1];
        places[0] = true;
        SpreadOverStars(places);
        foreach (var character in prefix)
        {
            var next = new bool[text.Length + 1];
            for (var at = 0; at < text.Length; at++)
            {
                if (!places[at])
                    continue;
                if (IsStar(at))
                    next[at] = true;
                else if (IsWild(at) || text[at] == character)
                    next[at + 1] = true;
            }
            SpreadOverStars(next);
            places = next;
        }
        return Array.IndexOf(places, true) >= 0;
    }

    // Characters of the value that one character of the pattern takes: two for '?' on a surrogate pair.
    private int Step(int at, ReadOnlySpan<char> value, int position, bool ignoreCase)
    {
        if (IsWild(at))
        {
            if (text[at] == '*')
                return 0;
            return char.IsHighSurrogate(value[position]) && position + 1 < value.Length
                && char.IsLowSurrogate(value[position + 1]) ? 2 : 1;
        }
        return text[at] == value[position]
            || (ignoreCase && char.ToUpperInvariant(text[at]) == char.ToUpperInvariant(value[position])) ? 1 : 0;
    }

    private void SpreadOverStars(bool[] places)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (places[at] && IsStar(at))
                places[at + 1] = true;
        }
    }

    private bool IsWild(int at) => wild is not null && wild[at];

    private bool IsStar(int at) => IsWild(at) && text[at] == '*';
}
