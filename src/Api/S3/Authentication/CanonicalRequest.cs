using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Primitives;

namespace CasStore.Api.S3.Authentication;

/// <summary>The canonical request of Signature Version 4, in the flavour of S3: paths are not normalised.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html</remarks>
internal static class CanonicalRequest
{
    public static void Write(Utf8Writer writer, Claim.SignedV4 claim, SignedRequest request)
    {
        writer.Write(request.Method);
        writer.Write((byte)'\n');
        UriEncoding.WritePath(writer, request.RawPath);
        writer.Write((byte)'\n');
        WriteQuery(writer, request.RawQuery, claim.Presigned);
        writer.Write((byte)'\n');
        var names = claim.SignedHeaders.AsSpan();
        foreach (var range in names.Split(';'))
            WriteHeader(writer, names[range].ToString(), request);
        writer.Write((byte)'\n');
        writer.Write(names);
        writer.Write((byte)'\n');
        writer.Write(claim.PayloadHash);
    }

    private static void WriteHeader(Utf8Writer writer, string name, SignedRequest request)
    {
        writer.WriteLower(name);
        writer.Write((byte)':');
        var values = request.Headers[name];
        // Proxies answer Expect themselves and drop it.
        if (values.Count == 0 && name.Equals("expect", StringComparison.OrdinalIgnoreCase))
            values = "100-continue";
        WriteValues(writer, values);
        writer.Write((byte)'\n');
    }

    private static void WriteValues(Utf8Writer writer, in StringValues values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
                writer.Write((byte)',');
            WriteCollapsed(writer, values[i].AsSpan().Trim(" \t"));
        }
    }

    private static void WriteCollapsed(Utf8Writer writer, ReadOnlySpan<char> value)
    {
        for (var run = value.IndexOf("  ", StringComparison.Ordinal); run >= 0;
             run = value.IndexOf("  ", StringComparison.Ordinal))
        {
            writer.Write(value[..(run + 1)]);
            value = value[run..].TrimStart(' ');
        }

        writer.Write(value);
    }

    private static void WriteQuery(Utf8Writer writer, ReadOnlySpan<char> rawQuery, bool presigned)
    {
        if (rawQuery.IsEmpty)
            return;
        using var encoded = new Utf8Writer();
        var parameters = ArrayPool<Parameter>.Shared.Rent(rawQuery.Count('&') + 1);
        var count = 0;
        foreach (var parameter in new RawQuery(rawQuery))
        {
            var name = encoded.Length;
            UriEncoding.WriteQueryPart(encoded, parameter.Name);
            var value = encoded.Length;
            if (presigned && encoded.Written[name..].SequenceEqual("X-Amz-Signature"u8))
                continue;
            UriEncoding.WriteQueryPart(encoded, parameter.Value);
            parameters[count++] = new Parameter(name, value, encoded.Length);
        }

        var sorted = parameters.AsSpan(0, count);
        sorted.Sort(new ByNameThenValue(encoded));
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i > 0)
                writer.Write((byte)'&');
            writer.Write(sorted[i].Name(encoded));
            writer.Write((byte)'=');
            writer.Write(sorted[i].Value(encoded));
        }

        ArrayPool<Parameter>.Shared.Return(parameters);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Parameter(int NameStart, int ValueStart, int End)
    {
        public ReadOnlySpan<byte> Name(Utf8Writer encoded) => encoded.Written[NameStart..ValueStart];

        public ReadOnlySpan<byte> Value(Utf8Writer encoded) => encoded.Written[ValueStart..End];
    }

    private readonly struct ByNameThenValue(Utf8Writer encoded) : IComparer<Parameter>
    {
        public int Compare(Parameter x, Parameter y)
        {
            var names = x.Name(encoded).SequenceCompareTo(y.Name(encoded));
            return names != 0 ? names : x.Value(encoded).SequenceCompareTo(y.Value(encoded));
        }
    }
}
