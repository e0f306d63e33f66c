using System.Text;

namespace CasStore.Api.S3.Forms;

/// <summary>What the header of a part says: its field's name, and the name of the file.</summary>
/// <param name="Name">Name of the field.</param>
/// <param name="FileName">The file's name without folders, or null.</param>
/// <param name="Length">Bytes of the header.</param>
internal sealed record PartHeader(string Name, string? FileName, int Length)
{
    private const string Disposition = "Content-Disposition:";
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <exception cref="Errors.S3Exception">MalformedPOSTRequest.</exception>
    public static PartHeader Parse(ReadOnlySpan<byte> header)
    {
        var disposition = DecodeText(header).Split("\r\n")
            .FirstOrDefault(line => line.StartsWith(Disposition, StringComparison.OrdinalIgnoreCase))
            ?? throw MultipartReader.Malformed();
        string? name = null, fileName = null;
        var rest = disposition.AsSpan(Disposition.Length);
        if (!NextParameter(ref rest).Value.Equals("form-data", StringComparison.OrdinalIgnoreCase))
            throw MultipartReader.Malformed();
        while (!rest.IsEmpty)
        {
            var (parameter, value) = NextParameter(ref rest);
            if (parameter.Equals("name", StringComparison.OrdinalIgnoreCase))
                name = value;
            else if (parameter.Equals("filename", StringComparison.OrdinalIgnoreCase))
                fileName = value[(value.LastIndexOfAny(['/', '\\']) + 1)..];
        }
        return new PartHeader(name ?? throw MultipartReader.Malformed(), fileName, header.Length);
    }

    /// <summary>Text of a header or field.</summary>
    /// <exception cref="Errors.S3Exception">MalformedPOSTRequest: no UTF-8.</exception>
    public static string DecodeText(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw MultipartReader.Malformed();
        }
    }

    private static (string Name, string Value) NextParameter(ref ReadOnlySpan<char> rest)
    {
        rest = rest.Trim();
        var end = rest.IndexOfAny('=', ';');
        if (end < 0 || rest[end] == ';')
        {
            var word = (end < 0 ? rest : rest[..end]).Trim().ToString();
            rest = end < 0 ? [] : rest[(end + 1)..];
            return ("", word);
        }
        var name = rest[..end].Trim().ToString();
        rest = rest[(end + 1)..].TrimStart();
        return (name, rest.StartsWith('"') ? Quoted(ref rest) : Word(ref rest));
    }

    private static string Word(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf(';');
        var word = (end < 0 ? rest : rest[..end]).Trim().ToString();
        rest = end < 0 ? [] : rest[(end + 1)..];
        return word;
    }

    // Only a quote is escaped: names from Windows have backslashes that stand for themselves.
    private static string Quoted(ref ReadOnlySpan<char> rest)
    {
        var text = new StringBuilder();
        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] == '\\' && i + 1 < rest.Length && rest[i + 1] == '"')
            {
                text.Append('"');
                i++;
            }
            else if (rest[i] == '"')
            {
                rest = rest[(i + 1)..].TrimStart();
                rest = rest.IsEmpty || rest[0] == ';' ? rest.TrimStart(';') : throw MultipartReader.Malformed();
                return text.ToString();
            }
            else
            {
                text.Append(rest[i]);
            }
        }
        throw MultipartReader.Malformed();
    }
}
