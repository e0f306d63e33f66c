using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Errors;
using CasStore.BlobCas;
using CasStore.Projections.Uploads;

namespace CasStore.Api.S3.Operations.Multipart;

/// <summary>Finds the upload that a request names.</summary>
public static class OpenUpload
{
    public const int MaxParts = 10_000;

    /// <summary>The open upload of the request's uploadId, which must be of this bucket and key.</summary>
    /// <exception cref="S3Exception">NoSuchUpload.</exception>
    public static async Task<Upload> FindAsync(S3Request request) =>
        await FindAnyAsync(request) is { IsOpen: true } upload ? upload : throw NoSuchUpload(request);

    /// <summary>The same, also when the upload has ended.</summary>
    /// <exception cref="S3Exception">NoSuchUpload.</exception>
    public static async Task<Upload> FindAnyAsync(S3Request request)
    {
        var upload = await request.Store.Uploads.FindAsync(request.Query["uploadId"]!, request.Cancel);
        return upload is not null && upload.BucketId == request.Bucket.Id && upload.Key == request.Key
            ? upload
            : throw NoSuchUpload(request);
    }

    /// <summary>The algorithm of the parts' checksums: what the upload was started with, or the default.</summary>
    public static ChecksumAlgorithm Algorithm(Upload upload) =>
        upload.ChecksumAlgorithm is { } name && ChecksumNames.FromName(name) is { } algorithm
            ? algorithm
            : ChecksumNames.Default;

    /// <summary>The part number of an UploadPart or UploadPartCopy.</summary>
    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public static int PartNumber(S3Request request)
    {
        var text = request.Query["partNumber"]!;
        return int.TryParse(text, System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MaxParts
            ? number
            : throw new S3Exception(S3Errors.InvalidArgument,
                "Part number must be an integer between 1 and 10000, inclusive",
                ("ArgumentName", "partNumber"), ("ArgumentValue", text));
    }

    private static S3Exception NoSuchUpload(S3Request request) =>
        new(S3Errors.NoSuchUpload, null, ("UploadId", request.Query["uploadId"]!));
}
