using System.Globalization;
using CasStore.Api.S3.Authentication;
using CasStore.Api.S3.Bodies;
using CasStore.Tests.Unit.Authentication;
using Microsoft.AspNetCore.Http;

namespace CasStore.Tests.Unit.Bodies;

/// <summary>A request with a body that arrives in pieces.</summary>
internal sealed class BodyRequest
{
    public string Method { get; init; } = "PUT";

    public string Query { get; init; } = "";

    public required byte[] Body { get; init; }

    /// <summary>Value of x-amz-content-sha256.</summary>
    public string Payload { get; init; } = "UNSIGNED-PAYLOAD";

    /// <summary>Content-Length; null leaves it out.</summary>
    public long? Length { get; init; }

    public long? DecodedLength { get; init; }

    /// <summary>What a verified signature left; null makes the request anonymous.</summary>
    public SigningScope? Scope { get; init; }

    public Dictionary<string, string> Headers { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Largest number of bytes that one read gives.</summary>
    public Func<int> PieceSize { get; init; } = () => int.MaxValue;

    public HttpRequest ToHttp()
    {
        var http = new DefaultHttpContext().Request;
        http.Method = Method;
        http.QueryString = new QueryString(Query);
        http.Body = new PieceStream(Body, PieceSize);
        http.ContentLength = Length;
        http.Headers["x-amz-content-sha256"] = Payload;
        if (DecodedLength is { } decoded)
            http.Headers["x-amz-decoded-content-length"] = decoded.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in Headers)
            http.Headers[name] = value;
        return http;
    }

    public RequestBody Open()
    {
        Claim claim = Scope is null
            ? Claim.Anonymous.Instance
            : new Claim.SignedV4(
                RequestSigner.AccessKey, Scope.Timestamp[..8], RequestSigner.Region, Scope.Timestamp, "host",
                Scope.SeedSignature, Payload, Presigned: false);
        return RequestBody.Open(ToHttp(), claim, Scope);
    }

    public Task<byte[]> ReadAsync() => ReadAsync(Open());

    public static async Task<byte[]> ReadAsync(RequestBody body)
    {
        using var copy = new MemoryStream();
        await body.Content.CopyToAsync(copy);
        return copy.ToArray();
    }

    private sealed class PieceStream(byte[] body, Func<int> pieceSize) : MemoryStream(body)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, pieceSize())], cancellationToken);
    }
}
