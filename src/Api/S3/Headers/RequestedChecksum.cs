using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Errors;
using CasStore.BlobCas;

namespace CasStore.Api.S3.Headers;

/// <summary>The checksum that a client asks the store to compute: x-amz-checksum-algorithm.</summary>
public static class RequestedChecksum
{
    /// <exception cref="S3Exception">InvalidRequest: there is no such algorithm.</exception>
    public static ChecksumAlgorithm? Algorithm(S3Request request)
    {
        if (request.Header("x-amz-checksum-algorithm") is not { } name)
            return null;
        return ChecksumNames.FromName(name) ?? throw new S3Exception(S3Errors.InvalidRequest,
            "Checksum algorithm provided is unsupported. Please try again with any of the valid types: " +
            $"[{string.Join(", ", ChecksumNames.All.Select(algorithm => algorithm.Name()))}]");
    }
}
