using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Routing;
using Microsoft.AspNetCore.Http;

namespace CasStore.Tests.Unit.Api;

/// <summary>Every request means one operation or none; none falls through to a neighbour.</summary>
public sealed class RouterTests
{
    private static readonly string[] Methods = ["GET", "HEAD", "PUT", "POST", "DELETE"];

    /// <summary>What selects an operation in the S3 API Reference, written apart from the router's list.</summary>
    private static readonly string[] SubResources =
    [
        "accelerate", "acl", "analytics", "attributes", "cors", "delete", "encryption", "intelligent-tiering",
        "inventory", "legal-hold", "lifecycle", "location", "logging", "metadataConfiguration", "metadataTable",
        "metrics", "notification", "object-lock", "ownershipControls", "partNumber", "policy", "policyStatus",
        "publicAccessBlock", "renameObject", "replication", "requestPayment", "restore", "retention", "select",
        "session", "tagging", "torrent", "uploadId", "uploads", "versioning", "versions", "website",
    ];

    private static readonly string[] Implemented =
    [
        "GET /b?location", "GET /b?versioning", "GET /b?uploads", "POST /b?delete", "GET /b/k?partNumber",
        "HEAD /b/k?partNumber", "GET /b/k?uploadId", "POST /b/k?uploadId", "POST /b/k?uploads", "DELETE /b/k?uploadId",
        "GET /b?policy", "PUT /b?policy", "DELETE /b?policy", "GET /b?policyStatus", "GET /b?acl", "PUT /b?acl",
        "GET /b?publicAccessBlock", "PUT /b?publicAccessBlock", "DELETE /b?publicAccessBlock",
        "GET /b?ownershipControls", "PUT /b?ownershipControls", "DELETE /b?ownershipControls",
        "GET /b/k?acl", "PUT /b/k?acl",
        "GET /b?cors", "PUT /b?cors", "DELETE /b?cors",
        "GET /b?lifecycle", "PUT /b?lifecycle", "DELETE /b?lifecycle",
        "GET /b?accelerate", "PUT /b?accelerate", "GET /b?logging", "PUT /b?logging", "GET /b?notification",
        "PUT /b?notification", "GET /b?requestPayment", "PUT /b?requestPayment", "GET /b?encryption",
        "DELETE /b?encryption", "GET /b?replication", "DELETE /b?replication", "GET /b?analytics",
        "GET /b?intelligent-tiering", "GET /b?inventory", "GET /b?metrics",
        "GET /b?website", "PUT /b?website", "DELETE /b?website",
        "GET /b?tagging", "PUT /b?tagging", "DELETE /b?tagging",
        "GET /b/k?attributes",
        "PUT /b?versioning", "GET /b?versions", "PUT /b?object-lock", "GET /b?object-lock", "PUT /b/k?renameObject",
        "PUT /b/k?tagging", "GET /b/k?tagging", "DELETE /b/k?tagging", "PUT /b/k?retention", "GET /b/k?retention",
        "PUT /b/k?legal-hold", "GET /b/k?legal-hold",
    ];

    [Theory]
    [InlineData("GET /", "ListBuckets")]
    [InlineData("PUT /b", "CreateBucket")]
    [InlineData("PUT /b/", "CreateBucket")]
    [InlineData("HEAD /b", "HeadBucket")]
    [InlineData("DELETE /b", "DeleteBucket")]
    [InlineData("GET /b", "ListObjects")]
    [InlineData("GET /b?prefix=x&marker=y", "ListObjects")]
    [InlineData("GET /b?list-type=2&prefix=x", "ListObjectsV2")]
    [InlineData("GET /b?location", "GetBucketLocation")]
    [InlineData("GET /b?versioning", "GetBucketVersioning")]
    [InlineData("GET /b?uploads", "ListMultipartUploads")]
    [InlineData("POST /b?delete", "DeleteObjects")]
    [InlineData("PUT /b?tagging", "PutBucketTagging")]
    [InlineData("GET /b?inventory&id=1", "GetBucketInventoryConfiguration")]
    [InlineData("GET /b?inventory&continuation-token=1", "ListBucketInventoryConfigurations")]
    [InlineData("DELETE /b?metrics&id=1", "DeleteBucketMetricsConfiguration")]
    [InlineData("PUT /b/k", "PutObject")]
    [InlineData("PUT /b/k?x-id=PutObject", "PutObject")]
    [InlineData("GET /b/k", "GetObject")]
    [InlineData("GET /b/k?versionId=null", "GetObject")]
    [InlineData("GET /b/k?partNumber=1", "GetObject")]
    [InlineData("GET /b/k?response-content-type=a", "GetObject")]
    [InlineData("HEAD /b/k?partNumber=1", "HeadObject")]
    [InlineData("DELETE /b/k", "DeleteObject")]
    [InlineData("POST /b", "PostObject")]
    [InlineData("DELETE /b/k?versionId=null", "DeleteObject")]
    [InlineData("HEAD /b/k?versionId=null&partNumber=1", "HeadObject")]
    [InlineData("PUT /b?versioning", "PutBucketVersioning")]
    [InlineData("GET /b?versions&prefix=x", "ListObjectVersions")]
    [InlineData("PUT /b?object-lock", "PutObjectLockConfiguration")]
    [InlineData("GET /b/k?tagging&versionId=null", "GetObjectTagging")]
    [InlineData("PUT /b/k?retention&versionId=null", "PutObjectRetention")]
    [InlineData("PUT /b/k?legal-hold", "PutObjectLegalHold")]
    [InlineData("PUT /b/k?renameObject", "RenameObject")]
    [InlineData("POST /b/k?uploads", "CreateMultipartUpload")]
    [InlineData("PUT /b/k?partNumber=1&uploadId=u", "UploadPart")]
    [InlineData("POST /b/k?uploadId=u", "CompleteMultipartUpload")]
    [InlineData("DELETE /b/k?uploadId=u", "AbortMultipartUpload")]
    [InlineData("GET /b/k?uploadId=u&max-parts=3", "ListParts")]
    public void Finds_the_operation(string request, string operation) => Find(request).Name.ShouldBe(operation);

    [Theory]
    [InlineData("PUT /b/k", "CopyObject")]
    [InlineData("PUT /b/k?partNumber=1&uploadId=u", "UploadPartCopy")]
    public void A_copy_source_makes_it_a_copy(string request, string operation) =>
        Find(request, ("x-amz-copy-source", "/b/other")).Name.ShouldBe(operation);

    [Fact]
    public void Every_sub_resource_that_is_not_implemented_says_so()
    {
        var answers = 0;
        foreach (var name in SubResources)
        {
            foreach (var method in Methods)
            {
                foreach (var path in new[] { "/", "/b", "/b/k" })
                {
                    var request = $"{method} {path}?{name}";
                    if (Implemented.Contains(request))
                        continue;
                    Refusal(request).ShouldBe(S3Errors.NotImplemented, request);
                    answers++;
                }
            }
        }
        answers.ShouldBe(SubResources.Length * Methods.Length * 3 - Implemented.Length);
    }

    [Theory]
    [InlineData("POST /b/k?restore", "RestoreObject is not implemented: no object is ever archived.")]
    [InlineData("PUT /b?inventory&id=1",
        "PutBucketInventoryConfiguration is not implemented: no such reports are made.")]
    public void A_refusal_names_the_operation_and_why(string request, string message) =>
        Should.Throw<S3Exception>(() => Find(request)).Message.ShouldBe(message);

    [Theory]
    [InlineData("PUT /b/k?partNumber=1")]
    [InlineData("PUT /b/k?uploadId=u")]
    [InlineData("PUT /b/k?versionId=null")]
    [InlineData("GET /b?versionId=null")]
    [InlineData("PUT /b?inventory&id=1")]
    [InlineData("DELETE /b?inventory")]
    [InlineData("GET /b/k?uploadId=u&acl")]
    [InlineData("GET /b?list-type=2&versions")]
    [InlineData("GET /b/k?partNumber=1&tagging")]
    [InlineData("DELETE /b/k?partNumber=1")]
    [InlineData("OPTIONS /b/k")]
    public void What_is_only_half_an_operation_is_not_implemented(string request) =>
        Refusal(request).ShouldBe(S3Errors.NotImplemented);

    [Theory]
    [InlineData("PATCH /b/k")]
    [InlineData("TRACE /b")]
    [InlineData("DELETE /")]
    [InlineData("PUT /")]
    public void A_method_that_S3_does_not_have_there_is_not_allowed(string request) =>
        Refusal(request).ShouldBe(S3Errors.MethodNotAllowed);

    private static S3Error Refusal(string request) => Should.Throw<S3Exception>(() => Find(request)).Error;

    private static Operation Find(string request, params (string Name, string Value)[] headers)
    {
        var parts = request.Split(' ');
        var dictionary = new HeaderDictionary();
        foreach (var (name, value) in headers)
            dictionary[name] = value;
        return Router.Find(parts[0], RequestTarget.Parse(parts[1], "localhost", domain: null), dictionary);
    }
}
