using System.Globalization;
using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Routing;

/// <summary>
/// The query's parameters, decoded. Names are case-sensitive, as in S3; the first of equal names counts.
/// </summary>
public sealed class QueryParameters
{
    private readonly List<(string Name, string Value)> _parameters;

    private QueryParameters(List<(string, string)> parameters) => _parameters = parameters;

    /// <summary>Names in the order received.</summary>
    public IEnumerable<string> Names => _parameters.Select(parameter => parameter.Name);

    /// <summary>Names and values in the order received.</summary>
    public IReadOnlyList<(string Key, string Value)> All => _parameters;

    /// <summary>The value of a parameter; empty when it has none; null when it is absent.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var parameter in _parameters)
            {
                if (parameter.Name == name)
                    return parameter.Value;
            }
            return null;
        }
    }

    public bool Has(string name) => this[name] is not null;

    /// <summary>A number within bounds, or the default when it is absent.</summary>
    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public int Number(string name, int otherwise, int least, int most)
    {
        if (this[name] is not { } text)
            return otherwise;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            throw new S3Exception(S3Errors.InvalidArgument, $"Provided {name} not an integer or within integer range",
                ("ArgumentName", name), ("ArgumentValue", text));
        }
        if (number < least)
        {
            throw new S3Exception(S3Errors.InvalidArgument,
                $"Argument {name} must be an integer between {least} and {int.MaxValue}",
                ("ArgumentName", name), ("ArgumentValue", text));
        }
        return Math.Min(number, most);
    }

    /// <summary>Parses a raw query; '+' is a space in queries.</summary>
    public static QueryParameters Parse(string rawQuery)
    {
        var parameters = new List<(string, string)>();
        foreach (var pair in rawQuery.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            parameters.Add(equals < 0
                ? (DecodePart(pair), "")
                : (DecodePart(pair[..equals]), DecodePart(pair[(equals + 1)..])));
        }
        return new QueryParameters(parameters);
    }

    private static string DecodePart(string part) => RequestTarget.Decode(part.Replace('+', ' '));
}
