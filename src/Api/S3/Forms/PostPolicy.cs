using System.Globalization;
using System.Text.Json;
using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Forms;

/// <summary>What the one who signed a form allows whoever sends it.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html</remarks>
public sealed record PostPolicy(
    DateTimeOffset Expires, IReadOnlyList<PolicyCondition> Conditions, long LeastLength, long MostLength)
{
    private const string LengthRange = "content-length-range";

    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    /// <summary>Fields that prove the policy, or are no input.</summary>
    private static readonly string[] Exempt =
        ["policy", "x-amz-signature", "signature", "awsaccesskeyid"];

    /// <summary>Reads a policy in base64.</summary>
    /// <exception cref="S3Exception">InvalidPolicyDocument.</exception>
    public static PostPolicy Parse(string base64)
    {
        try
        {
            using var document = JsonDocument.Parse(PlainEscapes(Convert.FromBase64String(base64)));
            return Read(document.RootElement);
        }
        catch (FormatException)
        {
            throw Invalid("Invalid Base64 encoding.");
        }
        catch (JsonException)
        {
            throw Invalid("Invalid JSON.");
        }
    }

    /// <summary>Lets a form go on that the policy allows.</summary>
    /// <param name="fields">Its fields by name in lower case.</param>
    /// <param name="bucket">The bucket that it is sent to.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="S3Exception">AccessDenied.</exception>
    public void Require(IReadOnlyDictionary<string, string> fields, string bucket, DateTimeOffset now)
    {
        if (Expires <= now)
            throw Denied("Policy expired.");
        var input = new Dictionary<string, string>(fields, StringComparer.Ordinal) { ["bucket"] = bucket };
        foreach (var condition in Conditions)
        {
            if (!input.TryGetValue(condition.Field, out var value) || !condition.Holds(value))
                throw Denied($"Policy Condition failed: {condition}");
        }
        var extra = input.Keys.Where(name => !Exempt.Contains(name, StringComparer.Ordinal)
            && !name.StartsWith("x-ignore-", StringComparison.Ordinal)
            && !Conditions.Any(condition => condition.Field == name)).Order(StringComparer.Ordinal).ToList();
        if (extra.Count > 0)
            throw Denied($"Extra input fields: {string.Join(", ", extra)}");
    }

    private static PostPolicy Read(JsonElement policy)
    {
        if (policy.ValueKind != JsonValueKind.Object)
            throw Invalid("Invalid JSON.");
        if (!policy.TryGetProperty("expiration", out var expiration))
            throw Invalid("Policy missing expiration.");
        if (!policy.TryGetProperty("conditions", out var list))
            throw Invalid("Policy missing conditions.");
        if (list.ValueKind != JsonValueKind.Array)
            throw Invalid("Invalid 'conditions' value: must be a List.");
        var (conditions, least, most) = (new List<PolicyCondition>(), 0L, long.MaxValue);
        foreach (var element in list.EnumerateArray())
        {
            if (element.ValueKind == JsonValueKind.Array && element.GetArrayLength() > 0
                && LengthRange.Equals(Text(element[0]), StringComparison.OrdinalIgnoreCase))
            {
                var (from, to) = Range(element);
                (least, most) = (Math.Max(least, from), Math.Min(most, to));
            }
            else
            {
                conditions.Add(Condition(element));
            }
        }
        return new PostPolicy(Expiration(expiration), conditions, least, most);
    }

    private static DateTimeOffset Expiration(JsonElement element) =>
        DateTimeOffset.TryParseExact(Text(element), Formats, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw Invalid($"Invalid 'expiration' value: '{Text(element)}'");

    private static PolicyCondition Condition(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var properties = element.EnumerateObject().ToList();
                if (properties.Count != 1)
                {
                    throw Invalid(
                        "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.");
                }
                return new PolicyCondition(
                    "eq", properties[0].Name.ToLowerInvariant(), Value(properties[0].Value, "Simple-Condition"));
            case JsonValueKind.Array when element.GetArrayLength() == 3:
                var (operation, field) = (Text(element[0]).ToLowerInvariant(), Text(element[1]));
                if (operation is not (PolicyCondition.Equal or PolicyCondition.StartsWith))
                    throw Invalid($"Invalid Condition: unknown operation '{Text(element[0])}'.");
                if (!field.StartsWith('$'))
                    throw Invalid($"Invalid Condition: '{field}' names no field.");
                return new PolicyCondition(operation, field[1..].ToLowerInvariant(), Value(element[2], operation));
            default:
                throw Invalid("Invalid Condition: wrong number of arguments.");
        }
    }

    private static (long From, long To) Range(JsonElement element)
    {
        if (element.GetArrayLength() != 3)
            throw Invalid("Invalid Content-Length-Range: wrong number of arguments.");
        return Number(element[1]) is { } from && Number(element[2]) is { } to
            ? (from, to)
            : throw Invalid("Invalid Content-Length-Range: not a number of bytes.");
    }

    private static long? Number(JsonElement element) =>
        long.TryParse(Text(element), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Value(JsonElement element, string where) =>
        element.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? Text(element)
            : throw Invalid($"Invalid {where}: a value must be text.");

    private static string Text(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Number => element.GetRawText(),
        _ => "",
    };

    /// <summary>S3's policies may escape '$', which JSON does not know: <c>\$</c> is <c>$</c>.</summary>
    private static byte[] PlainEscapes(byte[] json)
    {
        var plain = new List<byte>(json.Length);
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] == '\\' && i + 1 < json.Length)
            {
                if (json[i + 1] != '$')
                    plain.Add(json[i]);
                i++;
            }
            plain.Add(json[i]);
        }
        return [.. plain];
    }

    private static S3Exception Invalid(string reason) =>
        new(S3Errors.InvalidPolicyDocument, $"Invalid Policy: {reason}");

    private static S3Exception Denied(string reason) =>
        new(S3Errors.AccessDenied, $"Invalid according to Policy: {reason}");
}
