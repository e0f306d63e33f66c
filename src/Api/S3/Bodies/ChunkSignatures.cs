using System.Security.Cryptography;
using CasStore.Api.S3.Authentication;
using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Bodies;

/// <summary>The chain of signatures over the chunks and the trailer of a body; the request's own signature starts it.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html</remarks>
internal sealed class ChunkSignatures(SigningScope scope) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private string _previous = scope.SeedSignature;

    private static ReadOnlySpan<byte> EmptySha256Line =>
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"u8;

    /// <summary>Adds data of the chunk.</summary>
    public void Append(ReadOnlySpan<byte> data) => _hash.AppendData(data);

    /// <summary>Ends the chunk: its signature must be right.</summary>
    public void VerifyChunk(string signature) => Verify("AWS4-HMAC-SHA256-PAYLOAD\n"u8, EmptySha256Line, signature);

    /// <summary>The signature of the trailer, in canonical form, must be right.</summary>
    public void VerifyTrailer(ReadOnlySpan<byte> trailer, string signature)
    {
        _hash.AppendData(trailer);
        Verify("AWS4-HMAC-SHA256-TRAILER\n"u8, [], signature);
    }

    public void Dispose() => _hash.Dispose();

    private void Verify(ReadOnlySpan<byte> algorithm, ReadOnlySpan<byte> headersHash, string signature)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        _hash.GetHashAndReset(digest);
        using var stringToSign = new Utf8Writer();
        stringToSign.Write(algorithm);
        stringToSign.Write(scope.Timestamp);
        stringToSign.Write((byte)'\n');
        stringToSign.Write(scope.Scope);
        stringToSign.Write((byte)'\n');
        stringToSign.Write(_previous);
        stringToSign.Write((byte)'\n');
        stringToSign.Write(headersHash);
        stringToSign.WriteHex(digest);
        if (!SignatureVerifier.Matches(scope.SigningKey.Span, stringToSign.Written, signature))
        {
            throw new S3Exception(S3Errors.SignatureDoesNotMatch, null,
                ("StringToSign", stringToSign.ToString()), ("SignatureProvided", signature));
        }

        _previous = signature;
    }
}
