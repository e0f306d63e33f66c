using CasStore.Api.S3.Operations.Buckets;
using CasStore.Api.S3.Operations.Multipart;
using CasStore.Api.S3.Operations.Objects;
using CasStore.Api.S3.Operations.Service;

namespace CasStore.Api.S3.Routing;

/// <summary>The implemented operations, one a line. The more particular of two that match stands first.</summary>
public static class OperationTable
{
    private const string CopySource = "x-amz-copy-source";

    public static IReadOnlyList<Operation> Implemented { get; } =
    [
        new("ListBuckets", "GET", ResourceLevel.Service, null, ListBuckets.ExecuteAsync),

        new("CreateBucket", "PUT", ResourceLevel.Bucket, null, CreateBucket.ExecuteAsync) { NeedsBucket = false },
        new("HeadBucket", "HEAD", ResourceLevel.Bucket, null, HeadBucket.ExecuteAsync),
        new("DeleteBucket", "DELETE", ResourceLevel.Bucket, null, DeleteBucket.ExecuteAsync),
        new("GetBucketLocation", "GET", ResourceLevel.Bucket, "location", GetBucketLocation.ExecuteAsync),
        new("GetBucketVersioning", "GET", ResourceLevel.Bucket, "versioning", GetBucketVersioning.ExecuteAsync),
        new("DeleteObjects", "POST", ResourceLevel.Bucket, "delete", DeleteObjects.ExecuteAsync),
        new("ListMultipartUploads", "GET", ResourceLevel.Bucket, "uploads", ListMultipartUploads.ExecuteAsync),
        new("ListObjectsV2", "GET", ResourceLevel.Bucket, "list-type", ListObjectsV2.ExecuteAsync),
        new("ListObjects", "GET", ResourceLevel.Bucket, null, ListObjects.ExecuteAsync),

        new("UploadPartCopy", "PUT", ResourceLevel.Object, "uploadId", UploadPartCopy.ExecuteAsync)
            { AlsoNeeds = "partNumber", NeedsHeader = CopySource },
        new("UploadPart", "PUT", ResourceLevel.Object, "uploadId", UploadPart.ExecuteAsync)
            { AlsoNeeds = "partNumber" },
        new("CopyObject", "PUT", ResourceLevel.Object, null, CopyObject.ExecuteAsync) { NeedsHeader = CopySource },
        new("PutObject", "PUT", ResourceLevel.Object, null, PutObject.ExecuteAsync),
        new("ListParts", "GET", ResourceLevel.Object, "uploadId", ListParts.ExecuteAsync),
        new("GetObjectAttributes", "GET", ResourceLevel.Object, "attributes", GetObjectAttributes.ExecuteAsync),
        new("GetObject", "GET", ResourceLevel.Object, null, GetObject.ExecuteAsync),
        new("HeadObject", "HEAD", ResourceLevel.Object, null, HeadObject.ExecuteAsync),
        new("AbortMultipartUpload", "DELETE", ResourceLevel.Object, "uploadId", AbortMultipartUpload.ExecuteAsync),
        new("DeleteObject", "DELETE", ResourceLevel.Object, null, DeleteObject.ExecuteAsync),
        new("CreateMultipartUpload", "POST", ResourceLevel.Object, "uploads", CreateMultipartUpload.ExecuteAsync),
        new("CompleteMultipartUpload", "POST", ResourceLevel.Object, "uploadId", CompleteMultipartUpload.ExecuteAsync),
    ];
}
