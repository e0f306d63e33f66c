namespace CasStore.Api.S3.Authentication;

/// <summary>What a verified signature leaves for the signatures of the chunks that follow it.</summary>
/// <param name="SeedSignature">Signature of the request, 64 lower-case hexadecimal digits.</param>
/// <param name="SigningKey">Derived signing key, 32 bytes. Shared: must not be changed.</param>
/// <param name="Scope">Credential scope: <c>date/region/s3/aws4_request</c>.</param>
/// <param name="Timestamp">Time of signing, <c>yyyyMMdd'T'HHmmss'Z'</c>.</param>
public sealed record SigningScope(
    string SeedSignature, ReadOnlyMemory<byte> SigningKey, string Scope, string Timestamp);
