using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Operations.Objects;
using CasStore.Api.S3.Xml;
using CasStore.BlobCas;
using CasStore.Events.Uploads;

namespace CasStore.Api.S3.Operations.Multipart;

/// <summary>
/// Starts a multipart upload. https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html
/// </summary>
public static class CreateMultipartUpload
{
    public static async Task ExecuteAsync(S3Request request)
    {
        await request.OpenBody().ReadAllAsync(0, request.Cancel);
        var (algorithm, type) = Checksum(request);
        var given = await NewObject.ReadAsync(request);
        var upload = new UploadStarted
        {
            UploadId = request.RequestId.ToString("n"),
            BucketId = request.Bucket.Id,
            Key = request.Key,
            Initiator = request.Principal.UserId,
            Metadata = given.Metadata,
            ChecksumAlgorithm = algorithm?.Name(),
            ChecksumType = type,
            Owner = given.Owner == request.Principal.UserId ? null : given.Owner,
            Tags = given.Tags is [] ? null : given.Tags,
            Acl = given.Acl,
            Retention = given.Retention,
            LegalHold = given.LegalHold,
        };
        await request.AppendAsync(new StartUpload(upload) { Context = request.Context });
        if (algorithm is not null)
        {
            request.Response.Headers["x-amz-checksum-algorithm"] = algorithm.Value.Name();
            request.Response.Headers["x-amz-checksum-type"] = type;
        }
        await request.RespondAsync(new XmlDocument("InitiateMultipartUploadResult")
            .Element("Bucket", request.Bucket.Name)
            .Element("Key", request.Key)
            .Element("UploadId", upload.UploadId));
    }

    /// <summary>Algorithm and type that the client chose, with the defaults and limits of S3's table of them.</summary>
    private static (ChecksumAlgorithm? Algorithm, string? Type) Checksum(S3Request request)
    {
        var type = request.Header("x-amz-checksum-type")?.ToUpperInvariant();
        if (RequestedChecksum.Algorithm(request) is not { } algorithm)
        {
            return type is null
                ? (null, null)
                : throw new S3Exception(S3Errors.InvalidRequest,
                    "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
        }
        type ??= algorithm == ChecksumNames.Default ? "FULL_OBJECT" : "COMPOSITE";
        var allowed = type switch
        {
            "FULL_OBJECT" => algorithm.Combines(),
            "COMPOSITE" => algorithm != ChecksumAlgorithm.Crc64Nvme,
            _ => throw new S3Exception(S3Errors.InvalidRequest, "Value for x-amz-checksum-type header is invalid."),
        };
        return allowed
            ? (algorithm, type)
            : throw new S3Exception(S3Errors.InvalidRequest,
                $"The {type} checksum type cannot be used with the {algorithm.Name().ToLowerInvariant()} checksum " +
                "algorithm.");
    }
}
