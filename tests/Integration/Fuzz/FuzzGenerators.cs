using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace CasStore.Tests.Integration.Fuzz;

/// <summary>Draws requests of S3's vocabulary: most are nearly right, and so reach the operations.</summary>
internal sealed class FuzzGenerators(string bucket, IReadOnlyList<string> uploads, string host)
{
    /// <summary>Completes an upload whose only part holds "part".</summary>
    private const string RightParts = "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber>" +
        "<ETag>f4c9385f1902f7334b00b9b4ecd164de</ETag></Part></CompleteMultipartUpload>";

    private static Gen<string> Value => Gen.Frequency(
        (8, Gen.Elements(FuzzVocabulary.Values)),
        (1, Gen.Choose(0, 3000).Select(length => new string('v', length))),
        (1, Gen.Choose(32, 0x2fff).ArrayOf(6)
            .Select(codes => string.Concat(codes.Where(code => code is < 0x7f or > 0x9f).Select(code => (char)code)))));

    public Gen<FuzzRequest> Request =>
        from line in Gen.Frequency((3, Operation), (2, Gen.Elements(FuzzVocabulary.Methods).Zip(Target)))
        from headers in Gen.Frequency((1, Gen.Constant(new List<(string, string)>())), (1, ListOf(3, Header)))
        from body in Body
        from signature in Gen.Frequency(
            (14, Gen.Constant(FuzzSignature.Whole)), (2, Gen.Constant(FuzzSignature.UnsignedPayload)),
            (2, Gen.Constant(FuzzSignature.Chunks)), (1, Gen.Constant(FuzzSignature.None)),
            (1, Gen.Constant(FuzzSignature.Wrong)))
        from damage in Gen.Frequency((14, Gen.Constant(0)), (1, Gen.Choose(1, 5)))
        select new FuzzRequest(line.Item1, line.Item2, headers, body, signature, damage);

    /// <summary>Method and target of an operation that there is.</summary>
    private Gen<(string, string)> Operation =>
        from operation in Gen.Elements(FuzzVocabulary.Operations)
        from key in Gen.Elements(FuzzVocabulary.Keys)
        from upload in Gen.Elements<string>(uploads)
        from value in Value
        select (operation.Method, operation.Target
            .Replace("BUCKET", bucket, StringComparison.Ordinal)
            .Replace("KEY", key, StringComparison.Ordinal)
            .Replace("UPLOAD", upload, StringComparison.Ordinal)
            .Replace("VALUE", Escape(value), StringComparison.Ordinal));

    private Gen<string> Target =>
        from path in Gen.Frequency(
            (1, Gen.Constant("/")),
            (5, Gen.Constant($"/{bucket}")),
            (10, Gen.Elements(FuzzVocabulary.Keys).Select(key => $"/{bucket}/{key}")),
            (1, Gen.Choose(1020, 1030).Select(length => $"/{bucket}/{new string('k', length)}")),
            (1, Gen.Elements("/no-such-bucket/key", "/UPPER", "/a", "//", "/..", "/%00", "*", "/-/x", "key",
                $"http://{host}/{bucket}/key")))
        from query in Query
        select query.Length == 0 ? path : $"{path}?{query}";

    private Gen<string> Query =>
        from sub in Gen.Frequency(
            (6, Gen.Constant("")),
            (5, Gen.Elements(
                "list-type=2", "delete", "uploads", "location", "versioning", "attributes", "partNumber=1",
                "versionId=null")),
            (1, Gen.Elements(FuzzVocabulary.SubResources)),
            (1, Gen.Elements(FuzzVocabulary.SubResources).Zip(Value, (name, value) => $"{name}={Escape(value)}")),
            (3, Gen.Elements<string>(uploads).Select(id => $"uploadId={id}")),
            (3, Gen.Elements("0", "1", "2", "10000", "10001", "-1", "x")
                .Zip(Gen.Elements<string>(uploads), (number, id) => $"partNumber={number}&uploadId={id}")))
        from more in Gen.Frequency(
            (2, Gen.Constant(new List<string>())),
            (1, ListOf(3, Gen.Elements(FuzzVocabulary.Parameters)
                .Zip(Value, (name, value) => $"{name}={Escape(value)}"))))
        select string.Join('&', more.Prepend(sub).Where(part => part.Length > 0));

    private Gen<(string Name, string Value)> Header => Gen.Frequency(
        (4, Gen.Elements(FuzzVocabulary.ObjectHeaders).Zip(Value, (name, value) => (name, value))),
        (2, Gen.Elements(FuzzVocabulary.Headers).Zip(Value, (name, value) => (name, value))),
        (1, Gen.Elements("key", "large", "nope", "%00", "%ff", "")
            .Select(key => ("x-amz-copy-source", $"/{bucket}/{key}"))),
        (1, Gen.Constant(("x-amz-object-attributes", "ETag,Checksum,ObjectParts,StorageClass,ObjectSize"))));

    private static Gen<byte[]> Body => Gen.Frequency(
        (4, Gen.Constant(Array.Empty<byte>())),
        (2, Value.Select(Encoding.UTF8.GetBytes)),
        (2, Gen.Elements("<Delete><Object><Key>nope</Key></Object></Delete>", RightParts)
            .Select(Encoding.UTF8.GetBytes)),
        (4, from root in Gen.Elements(FuzzVocabulary.Roots)
            from content in Content(4)
            select Encoding.UTF8.GetBytes($"<{root}>{content}</{root}>")),
        (2, from root in Gen.Elements(FuzzVocabulary.Roots)
            from content in Content(4)
            from at in Gen.Choose(0, int.MaxValue)
            from mutation in Gen.Choose(0, 4)
            select Mutate(Encoding.UTF8.GetBytes($"<?xml version='1.0'?><{root}>{content}</{root}>"), at, mutation)));

    private static Gen<string> Content(int depth) => Gen.Frequency(
        (1, Value.Select(text => text.Replace("<", "&lt;", StringComparison.Ordinal))),
        (depth, depth == 0 ? Gen.Constant("1") : ListOf(4,
            from name in Gen.Elements(FuzzVocabulary.Elements)
            from content in Content(depth - 1)
            select $"<{name}>{content}</{name}>").Select(string.Concat)));

    private static byte[] Mutate(byte[] bytes, int at, int mutation)
    {
        at %= bytes.Length;
        return mutation switch
        {
            0 => bytes[..at],
            1 => [.. bytes[..at], .. bytes[(at / 2)..]],
            2 => [.. bytes[..at], (byte)(bytes[at] ^ 0x81), .. bytes[(at + 1)..]],
            3 => [.. bytes[..at], .. "<!DOCTYPE a [<!ENTITY b 'c'>]>&b;"u8, .. bytes[at..]],
            _ => [.. bytes, .. bytes],
        };
    }

    private static Gen<List<T>> ListOf<T>(int most, Gen<T> one) =>
        from count in Gen.Choose(0, most)
        from items in one.ListOf(count)
        select items.ToList();

    /// <summary>Some values go as they are, escapes and all; the rest are escaped.</summary>
    private static string Escape(string value) =>
        value.Contains('%', StringComparison.Ordinal) ? value : Uri.EscapeDataString(value);
}
