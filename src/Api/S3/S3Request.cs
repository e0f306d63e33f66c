using CasStore.Api.S3.Access;
using CasStore.Api.S3.Access.Settings;
using CasStore.Api.S3.Authentication;
using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Forms;
using CasStore.Api.S3.Routing;
using CasStore.Api.S3.Xml;
using CasStore.BlobCas;
using CasStore.Events.Buckets;
using CasStore.Events.Log;
using CasStore.Projections;
using CasStore.Projections.Buckets;

namespace CasStore.Api.S3;

/// <summary>One authenticated and authorised request on its way through an operation.</summary>
public sealed class S3Request
{
    public required HttpContext Http { get; init; }

    /// <summary>The command id of what the request changes; the client's x-amz-request-id.</summary>
    public required Guid RequestId { get; init; }

    public required RequestTarget Target { get; init; }
    public required Principal Principal { get; init; }

    /// <summary>Decides what else the principal may do.</summary>
    public required Authorizer Access { get; init; }

    public required Claim Claim { get; init; }
    public required SigningScope? Scope { get; init; }
    public required EventStore Store { get; init; }
    public required BlobStore Blobs { get; init; }

    /// <summary>The store's region.</summary>
    public required string Region { get; init; }

    /// <summary>The bucket that the request names, when its operation needs it to exist.</summary>
    public Bucket? ExistingBucket { get; init; }

    /// <summary>How that bucket is configured; nothing without one.</summary>
    public BucketConfigurations Configurations { get; init; } = BucketConfigurations.None;

    /// <summary>What was known of the object before it is written, for operations that write one.</summary>
    public EarlyState? Known { get; init; }

    /// <summary>The form that the request brings, when its operation has one.</summary>
    public PostForm? Form { get; init; }

    public Bucket Bucket => ExistingBucket ?? throw new InvalidOperationException("The operation works on no bucket.");
    public string Key => Target.Key ?? throw new InvalidOperationException("The operation works on no key.");
    public QueryParameters Query => Target.Query;
    public IHeaderDictionary Headers => Http.Request.Headers;
    public HttpResponse Response => Http.Response;
    public CancellationToken Cancel => Http.RequestAborted;

    /// <summary>Who asks, for the log.</summary>
    public CommandContext Context => new(RequestId, Principal.UserId, Http.Connection.RemoteIpAddress?.ToString());

    /// <summary>Value of a request header, or null.</summary>
    public string? Header(string name) => Headers.TryGetValue(name, out var values) ? values.ToString() : null;

    /// <summary>The body, to be read by the operation.</summary>
    public RequestBody OpenBody() => Form is null
        ? RequestBody.Open(Http.Request, Claim, Scope)
        : RequestBody.OfForm(Form, Http.Request);

    /// <summary>What of the bucket's configuration says who may do what.</summary>
    public BucketAccess BucketAccess => new(Bucket, Configurations);

    /// <summary>Whether the principal may do something to a key of the bucket.</summary>
    public ValueTask<bool> AllowsAsync(string action, string key, string? versionId = null) =>
        Access.AllowsAsync(Bucket, Configurations, action, key, versionId);

    /// <summary>Appends a command.</summary>
    /// <exception cref="S3Exception">The command was rejected.</exception>
    public async ValueTask<AppendResult> AppendAsync(Command command)
    {
        var result = await Store.Log.AppendAsync(command, CancellationToken.None);
        return result.Rejection == Rejection.None ? result : throw RejectionErrors.ToException(result.Rejection, this);
    }

    /// <summary>Sets a configuration of the bucket, or removes it when the document is null.</summary>
    /// <exception cref="S3Exception">The bucket is gone.</exception>
    public async Task ConfigureBucketAsync(string name, string? document) =>
        await AppendAsync(new ConfigureBucket(Bucket.Id, name, document) { Context = Context });

    /// <summary>Answers 200 with an XML document.</summary>
    public async Task RespondAsync(XmlDocument document)
    {
        await RespondXmlAsync(document.Finish());
        document.Release();
    }

    /// <summary>Answers 200 with the bytes of an XML document.</summary>
    public async Task RespondXmlAsync(ReadOnlyMemory<byte> bytes)
    {
        Response.ContentType = "application/xml";
        Response.ContentLength = bytes.Length;
        await Response.BodyWriter.WriteAsync(bytes, Cancel);
    }

    /// <summary>Answers without a body.</summary>
    public Task RespondAsync(int status)
    {
        Response.StatusCode = status;
        if (status != StatusCodes.Status204NoContent)
            Response.ContentLength = 0;
        return Task.CompletedTask;
    }
}
