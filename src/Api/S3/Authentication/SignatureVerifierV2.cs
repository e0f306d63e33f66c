using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Authentication;

/// <summary>Verifies the signature of a request that is signed with Signature Version 2.</summary>
public static class SignatureVerifierV2
{
    /// <summary>Verifies the signature of a request.</summary>
    /// <param name="claim">The parsed claim.</param>
    /// <param name="request">The request that it was parsed from.</param>
    /// <param name="secret">Secret of the claim's access key.</param>
    /// <exception cref="S3Exception">SignatureDoesNotMatch.</exception>
    public static void Verify(Claim.SignedV2 claim, SignedRequest request, string secret)
    {
        using var stringToSign = new Utf8Writer();
        StringToSignV2.Write(stringToSign, claim, request);
        if (!Matches(secret, stringToSign.Written, claim.Signature) &&
            !MatchesWithSlash(claim, request, secret))
        {
            throw new S3Exception(S3Errors.SignatureDoesNotMatch, null,
                ("AWSAccessKeyId", claim.AccessKey),
                ("StringToSign", stringToSign.ToString()),
                ("SignatureProvided", claim.Signature),
                ("StringToSignBytes", stringToSign.ToHexBytes()));
        }
    }

    /// <summary>Clients may sign a bucket's path with a slash that they do not send; it names the same.</summary>
    private static bool MatchesWithSlash(Claim.SignedV2 claim, SignedRequest request, string secret)
    {
        if (request.VirtualBucket is not null || request.RawPath.LastIndexOf('/') != 0 || request.RawPath.Length == 1)
            return false;
        using var stringToSign = new Utf8Writer();
        StringToSignV2.Write(stringToSign, claim, request with { RawPath = request.RawPath + "/" });
        return Matches(secret, stringToSign.Written, claim.Signature);
    }

    /// <summary>Whether the signature is the string's HMAC in base64, in constant time.</summary>
    [SuppressMessage("Security", "CA5350",
        Justification = "Signature Version 2 is defined on HMAC-SHA1; no collision of SHA-1 weakens its HMAC.")]
    internal static bool Matches(string secret, ReadOnlySpan<byte> stringToSign, ReadOnlySpan<char> signature)
    {
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), stringToSign, mac);
        Span<char> base64 = stackalloc char[28];
        _ = Convert.TryToBase64Chars(mac, base64, out _);
        return CryptographicOperations.FixedTimeEquals(
            MemoryMarshal.AsBytes<char>(base64), MemoryMarshal.AsBytes(signature));
    }
}
