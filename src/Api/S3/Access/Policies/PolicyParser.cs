using System.Text.Json;
using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Access.Policies;

/// <summary>Reads a policy document. What AWS would not take is an error, for what is ignored cannot protect.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html</remarks>
public static class PolicyParser
{
    private const string WithVariables = "2012-10-17";
    private const string WithoutVariables = "2008-10-17";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16 };

    /// <summary>The policy.</summary>
    /// <exception cref="S3Exception">MalformedPolicy.</exception>
    public static BucketPolicy Parse(string document)
    {
        if (!document.AsSpan().TrimStart().StartsWith('{'))
            throw Malformed("Policies must be valid JSON and the first byte must be '{'");
        try
        {
            using var json = JsonDocument.Parse(document, Strict);
            return Read(json.RootElement);
        }
        catch (Exception invalid) when (invalid is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: half a surrogate pair, which JSON can spell and no text can have.
            throw Malformed("This policy contains invalid Json");
        }
    }

    internal static S3Exception Malformed(string message) => new(S3Errors.MalformedPolicy, message);

    /// <summary>The members of an object, each of a known name and there once.</summary>
    internal static Dictionary<string, JsonElement> Members(JsonElement element, params string[] known)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Malformed("Invalid policy syntax.");
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            if (known.Length > 0 && !known.Contains(member.Name, StringComparer.Ordinal))
                throw Malformed($"Unknown field {member.Name}");
            if (!members.TryAdd(member.Name, member.Value))
                throw Malformed($"Duplicate field {member.Name}");
        }
        return members;
    }

    /// <summary>A string, or all strings of an array that is not empty.</summary>
    internal static List<string> Strings(JsonElement element, string error)
    {
        var values = Elements(element);
        return values.Length > 0 && Array.TrueForAll(values, value => value.ValueKind == JsonValueKind.String)
            ? [.. values.Select(value => value.GetString()!)]
            : throw Malformed(error);
    }

    /// <summary>The elements of an array; what is none stands for itself.</summary>
    internal static JsonElement[] Elements(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray()] : [element];

    private static BucketPolicy Read(JsonElement root)
    {
        var members = Members(root, "Version", "Id", "Statement");
        var version = members.TryGetValue("Version", out var given) ? Text(given) : WithoutVariables;
        if (version is not (WithVariables or WithoutVariables))
            throw Malformed("The policy must contain a valid version string");
        if (members.TryGetValue("Id", out var id))
            Text(id);
        if (!members.TryGetValue("Statement", out var statement))
            throw Malformed("Missing required field Statement");
        var elements = Elements(statement);
        if (elements.Length == 0)
            throw Malformed("Could not parse the policy: Statement is empty!");
        var statements = new List<PolicyStatement>();
        var sids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in elements)
        {
            var parsed = StatementParser.Parse(element, version == WithVariables);
            if (!string.IsNullOrEmpty(parsed.Sid) && !sids.Add(parsed.Sid))
                throw Malformed("Statement IDs (SID) in a single policy must be unique.");
            statements.Add(parsed);
        }
        return new BucketPolicy(statements);
    }

    private static string Text(JsonElement element) => element.ValueKind == JsonValueKind.String
        ? element.GetString()!
        : throw Malformed("Invalid policy syntax.");
}
