using System.Text;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Fuzz;

/// <summary>How a request is signed, or not.</summary>
internal enum FuzzSignature
{
    Whole,
    UnsignedPayload,
    Chunks,
    None,
    Wrong,
}

/// <summary>One fuzzed request. What is done to its bytes last is told by <see cref="Damage"/>.</summary>
internal sealed record FuzzRequest(
    string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body,
    FuzzSignature Signature, int Damage)
{
    private const int CutsHead = 1, FlipsByte = 2, LiesAboutLength = 3, SaysChunked = 4, RepeatsLength = 5;

    /// <summary>The bytes that go over the wire.</summary>
    public byte[] ToBytes(string host)
    {
        var headersOfBody = Target.Contains("?delete", StringComparison.Ordinal)
            ? Headers.Append((Name: "Content-MD5", Value: TestData.Md5Base64(Body)))
            : Headers;
        var request = new RawRequest(Method, Target)
        {
            Body = Body,
            Who = Signature == FuzzSignature.None ? null : ServerProcess.Root,
            PayloadHash = Signature == FuzzSignature.UnsignedPayload ? SignatureV4.UnsignedPayload : null,
            ChunkSize = Signature == FuzzSignature.Chunks ? 8192 : 0,
            Headers = headersOfBody.DistinctBy(header => header.Name, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase),
        };
        var (headers, body) = request.Sign(host);
        if (Signature == FuzzSignature.Wrong)
            headers["Authorization"] = headers["Authorization"][..^1];
        headers["Content-Length"] = Damage == LiesAboutLength ? $"{body.Length + 5}" : $"{body.Length}";
        if (Damage == SaysChunked)
            headers["Transfer-Encoding"] = "chunked";
        var head = new StringBuilder($"{Method} {Target} HTTP/1.1\r\n");
        foreach (var (name, value) in headers)
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        if (Damage == RepeatsLength)
            head.Append("Content-Length: 7\r\n");
        byte[] bytes = [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. body];
        if (Damage == CutsHead)
            return bytes[..(bytes.Length / 2)];
        if (Damage == FlipsByte)
            bytes[bytes.Length / 3] ^= 0x15;
        return bytes;
    }

    public override string ToString() =>
        $"{Method} {Target} [{string.Join(" | ", Headers.Select(h => $"{h.Name}: {h.Value}"))}] {Signature}, " +
        $"damage {Damage}, body {Encoding.UTF8.GetString(Body)}";
}
