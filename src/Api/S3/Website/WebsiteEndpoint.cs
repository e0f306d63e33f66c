using CasStore.Api.S3.Access;
using CasStore.Api.S3.Authentication;
using CasStore.Api.S3.Cors;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Routing;
using CasStore.BlobCas;
using CasStore.Projections;

namespace CasStore.Api.S3.Website;

/// <summary>
/// Takes the requests to buckets' websites. They only read, and nobody signs in: a signature that comes along counts
/// for nothing.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html</remarks>
public sealed class WebsiteEndpoint(EventStore store, BlobStore blobs, string region)
{
    /// <summary>Name of these requests in metrics and the access log.</summary>
    public const string Operation = "Website";

    /// <summary>Answers a request.</summary>
    /// <exception cref="S3Exception">It failed, and the website has no page to show for it.</exception>
    public async Task AnswerAsync(HttpContext http, string bucketName, string rawTarget, RequestTrace trace)
    {
        (trace.Operation, trace.IsWebsite) = (Operation, true);
        (trace.Bucket, trace.Principal) = (bucketName, Principal.Anonymous);
        var target = RequestTarget.ParseWebsite(rawTarget, bucketName);
        trace.Key = target.Key;
        var (method, headers) = (http.Request.Method, http.Request.Headers);
        if (HttpMethods.IsOptions(method))
        {
            await Preflight.AnswerAsync(http, target, store);
            return;
        }
        await CorsHeaders.PrepareAsync(http, bucketName, store, http.RequestAborted);
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
        {
            throw new S3Exception(S3Errors.MethodNotAllowed, null, ("Method", method), ("ResourceType", "OBJECT"))
            {
                Headers = [("Allow", "GET, HEAD, OPTIONS")],
            };
        }
        UnsupportedHeaders.Refuse(headers, Operation);
        var bucket = await store.Buckets.FindAsync(bucketName, http.RequestAborted)
            ?? throw new S3Exception(S3Errors.NoSuchBucket, null, ("BucketName", bucketName));
        Authorizer.RequireOwner(bucket, headers["x-amz-expected-bucket-owner"]);
        var configurations = await store.Buckets.ConfigurationsAsync(bucket, http.RequestAborted);
        var site = WebsiteConfiguration.Of(configurations)
            ?? throw new S3Exception(S3Errors.NoSuchWebsiteConfiguration, null, ("BucketName", bucketName));
        var access = new Authorizer(
            store, Principal.Anonymous, http, target, Claim.Anonymous.Instance, RequestFacts.None);
        await new WebsiteVisit(site, target, trace, key => new S3Request
        {
            Http = http,
            RequestId = trace.RequestId,
            Target = target.WithKey(key),
            Principal = Principal.Anonymous,
            Access = access,
            Claim = Claim.Anonymous.Instance,
            Scope = null,
            Store = store,
            Blobs = blobs,
            Region = region,
            ExistingBucket = bucket,
            Configurations = configurations,
        }).AnswerAsync(http);
    }
}
