namespace CasStore.Api.S3.Authentication;

/// <summary>Walks a raw query string: pieces between '&amp;', split at their first '='.</summary>
internal ref struct RawQuery
{
    /// <summary>The one parameter that a presigned URL's signature cannot cover.</summary>
    public const string SignatureName = "X-Amz-Signature";

    private ReadOnlySpan<char> _rest;
    private ReadOnlySpan<char> _piece;

    public RawQuery(ReadOnlySpan<char> query)
    {
        _rest = query;
        _piece = [];
    }

    public readonly Parameter Current
    {
        get
        {
            var equals = _piece.IndexOf('=');
            return equals < 0
                ? new Parameter(_piece, [])
                : new Parameter(_piece[..equals], _piece[(equals + 1)..]);
        }
    }

    public readonly RawQuery GetEnumerator() => this;

    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var and = _rest.IndexOf('&');
            _piece = and < 0 ? _rest : _rest[..and];
            _rest = and < 0 ? [] : _rest[(and + 1)..];
            if (!_piece.IsEmpty)
                return true;
        }

        return false;
    }

    public static bool NeedsDecoding(ReadOnlySpan<char> text) => text.ContainsAny('%', '+');

    public static string Decode(ReadOnlySpan<char> text)
    {
        if (!NeedsDecoding(text))
            return text.ToString();
        return Uri.UnescapeDataString(text.ToString().Replace('+', ' '));
    }

    public readonly ref struct Parameter(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        public ReadOnlySpan<char> Name { get; } = name;
        public ReadOnlySpan<char> Value { get; } = value;
    }
}
