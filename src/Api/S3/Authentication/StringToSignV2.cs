using CasStore.Api.S3.Routing;

namespace CasStore.Api.S3.Authentication;

/// <summary>The string that Signature Version 2 signs.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html</remarks>
internal static class StringToSignV2
{
    private const string AmzPrefix = "x-amz-";

    public static void Write(Utf8Writer writer, Claim.SignedV2 claim, SignedRequest request)
    {
        var headers = request.Headers;
        WriteLine(writer, request.Method);
        WriteLine(writer, headers.ContentMD5.ToString());
        WriteLine(writer, headers.ContentType.ToString());
        // x-amz-date is among the headers below, and takes the place of Date.
        WriteLine(writer, claim.Expires ?? (headers.ContainsKey("x-amz-date") ? "" : headers.Date.ToString()));
        WriteAmzHeaders(writer, headers);
        WriteResource(writer, request);
    }

    private static void WriteAmzHeaders(Utf8Writer writer, IHeaderDictionary headers)
    {
        var signed = new List<(string Name, string Value)>();
        foreach (var (name, values) in headers)
        {
            if (name.StartsWith(AmzPrefix, StringComparison.OrdinalIgnoreCase))
                signed.Add((name.ToLowerInvariant(), string.Join(',', values.Select(value => value?.Trim(' ', '\t')))));
        }

        signed.Sort((x, y) => string.CompareOrdinal(x.Name, y.Name));
        foreach (var (name, value) in signed)
        {
            writer.Write(name);
            writer.Write((byte)':');
            WriteLine(writer, value);
        }
    }

    private static void WriteResource(Utf8Writer writer, SignedRequest request)
    {
        if (request.VirtualBucket is { } bucket)
        {
            writer.Write((byte)'/');
            writer.Write(bucket);
        }

        writer.Write(request.RawPath);
        var signed = new List<(string Name, string Value)>();
        foreach (var parameter in new RawQuery(request.RawQuery))
        {
            var name = RawQuery.Decode(parameter.Name);
            if (IsSigned(name))
                signed.Add((name, RawQuery.Decode(parameter.Value)));
        }

        // Parameters of one name keep their order: the first of them counts, so another order is another request.
        var separator = (byte)'?';
        foreach (var (name, value) in signed.OrderBy(parameter => parameter.Name, StringComparer.Ordinal))
        {
            writer.Write(separator);
            separator = (byte)'&';
            writer.Write(name);
            if (value.Length == 0)
                continue;
            writer.Write((byte)'=');
            writer.Write(value);
        }
    }

    /// <summary>
    /// Whatever selects an operation is signed, also where clients of this version never knew it: a URL for one
    /// operation must not serve for another. The exception only chooses the form of a listing, and no client signs it.
    /// </summary>
    private static bool IsSigned(string name) => name switch
    {
        "list-type" => false,
        "select-type" or
        "response-cache-control" or "response-content-disposition" or "response-content-encoding" or
        "response-content-language" or "response-content-type" or "response-expires" => true,
        _ => Router.IsSubResource(name),
    };

    private static void WriteLine(Utf8Writer writer, string text)
    {
        writer.Write(text);
        writer.Write((byte)'\n');
    }
}
