using System.Security.Cryptography;

namespace CasStore.Tests.Integration.Harness;

/// <summary>Bytes that can be made again from their seed.</summary>
internal static class TestData
{
    public static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>MD5 in lower-case hexadecimal: the ETag of an object put in one piece.</summary>
    public static string Md5(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));

    public static string Md5Base64(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(MD5.HashData(bytes));

    /// <summary>Multipart ETag: MD5 of the binary MD5s of the parts, and their number.</summary>
    public static string MultipartETag(params byte[][] parts) =>
        $"{Md5(parts.SelectMany(part => MD5.HashData(part)).ToArray())}-{parts.Length}";
}
