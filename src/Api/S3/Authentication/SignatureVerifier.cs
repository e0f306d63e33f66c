using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Authentication;

/// <summary>Proves a claim: recomputes the signature with the secret and compares.</summary>
public static class SignatureVerifier
{
    /// <summary>Verifies the signature of a request.</summary>
    /// <param name="claim">The parsed claim.</param>
    /// <param name="request">The request that it was parsed from.</param>
    /// <param name="secret">Secret of the claim's access key.</param>
    /// <returns>What the signatures of chunks build on.</returns>
    /// <exception cref="S3Exception">SignatureDoesNotMatch.</exception>
    public static SigningScope Verify(Claim.SignedV4 claim, SignedRequest request, string secret)
    {
        var scope = claim.Scope;
        var key = SigningKeys.For(claim, secret);
        using var canonical = new Utf8Writer();
        CanonicalRequest.Write(canonical, claim, request);
        using var stringToSign = new Utf8Writer();
        WriteStringToSign(stringToSign, claim.Timestamp, scope, canonical.Written);
        if (!Matches(key, stringToSign.Written, claim.Signature))
            throw Mismatch(claim, stringToSign, canonical);
        return new SigningScope(claim.Signature, key, scope, claim.Timestamp);
    }

    /// <summary>Whether the signature is the string's HMAC in lower-case hexadecimal, in constant time.</summary>
    internal static bool Matches(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> stringToSign, ReadOnlySpan<char> signature)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, stringToSign, mac);
        Span<char> hex = stackalloc char[HMACSHA256.HashSizeInBytes * 2];
        _ = Convert.TryToHexStringLower(mac, hex, out _);
        return CryptographicOperations.FixedTimeEquals(
            MemoryMarshal.AsBytes<char>(hex), MemoryMarshal.AsBytes(signature));
    }

    private static void WriteStringToSign(
        Utf8Writer writer, string timestamp, string scope, ReadOnlySpan<byte> canonical)
    {
        writer.Write("AWS4-HMAC-SHA256\n"u8);
        writer.Write(timestamp);
        writer.Write((byte)'\n');
        writer.Write(scope);
        writer.Write((byte)'\n');
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(canonical, hash);
        writer.WriteHex(hash);
    }

    private static S3Exception Mismatch(Claim.SignedV4 claim, Utf8Writer stringToSign, Utf8Writer canonical) =>
        new(S3Errors.SignatureDoesNotMatch, null,
            ("AWSAccessKeyId", claim.AccessKey),
            ("StringToSign", stringToSign.ToString()),
            ("SignatureProvided", claim.Signature),
            ("StringToSignBytes", stringToSign.ToHexBytes()),
            ("CanonicalRequest", canonical.ToString()),
            ("CanonicalRequestBytes", canonical.ToHexBytes()));
}
