using CasStore.Api.S3.Access;
using CasStore.Api.S3.Authentication;
using CasStore.Api.S3.Cors;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Forms;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Routing;
using CasStore.Api.S3.Website;
using CasStore.BlobCas;
using CasStore.Projections;
using CasStore.Projections.Buckets;

namespace CasStore.Api.S3;

/// <summary>
/// The one way of every S3 request: parse, authenticate, authorise, execute, respond. Operations append to the log in
/// Execute; a failure anywhere becomes an S3 error here.
/// </summary>
public sealed class S3Pipeline(
    EventStore store, BlobStore blobs, Authenticator authenticator, string region, string? domain)
{
    private readonly WebsiteEndpoint _websites = new(store, blobs, region);

    /// <summary>Carries a request out. Fills in <paramref name="trace"/> as more becomes known.</summary>
    /// <exception cref="S3Exception">The request failed; the response has not begun.</exception>
    public Task HandleAsync(HttpContext http, string rawTarget, RequestTrace trace) =>
        WebsiteHost.Bucket(http.Request.Host.Host, domain, region) is { } site
            ? _websites.AnswerAsync(http, site, rawTarget, trace)
            : AnswerAsync(http, rawTarget, trace);

    private async Task AnswerAsync(HttpContext http, string rawTarget, RequestTrace trace)
    {
        // Parse
        var target = RequestTarget.Parse(rawTarget, http.Request.Host.Host, domain);
        (trace.Bucket, trace.Key) = (target.Bucket, target.Key);
        if (HttpMethods.IsOptions(http.Request.Method))
        {
            trace.Operation = Preflight.Operation;
            await Preflight.AnswerAsync(http, target, store);
            return;
        }
        await CorsHeaders.PrepareAsync(http, target.Bucket, store, http.RequestAborted);
        var operation = Router.Find(http.Request.Method, target, http.Request.Headers);
        trace.Operation = operation.Name;
        var facts = RequestFacts.Ask(operation, target, store, http.RequestAborted);
        var form = operation.HasForm ? await PostForm.ReadAsync(http.Request, http.RequestAborted) : null;
        if (form is not null)
        {
            FormHeaders.Apply(form, http.Request.Headers);
            target = target.WithKey(form.Key);
            trace.Key = form.Key;
        }

        // Authenticate
        var (principal, claim, scope) = await AuthenticateAsync(http, target, form);
        trace.Principal = principal;
        store.SendLookups();
        if (claim is Claim.SignedV4 { Presigned: true })
            PresignedHeaders.Apply(target.Query, http.Request.Headers);
        UnsupportedHeaders.Refuse(http.Request.Headers, operation.Name);

        // Authorise
        var access = new Authorizer(store, principal, http, target, claim, facts);
        Bucket? bucket = null;
        var configurations = BucketConfigurations.None;
        if (operation.NeedsBucket)
        {
            bucket = await facts.Bucket
                ?? throw new S3Exception(S3Errors.NoSuchBucket, null, ("BucketName", target.Bucket!));
            configurations = await store.Buckets.ConfigurationsAsync(bucket, http.RequestAborted);
            await access.RequireAsync(operation, bucket, configurations);
        }
        else
        {
            access.RequireSigned();
        }

        // Execute, and respond
        await ExecuteAsync(operation, new S3Request
        {
            Http = http,
            RequestId = trace.RequestId,
            Target = target,
            Principal = principal,
            Access = access,
            Claim = claim,
            Scope = scope,
            Store = store,
            Blobs = blobs,
            Region = region,
            ExistingBucket = bucket,
            Configurations = configurations,
            Known = (await facts.Target)?.State,
            Form = form,
        });
    }

    private ValueTask<(Principal Principal, Claim Claim, SigningScope? Scope)> AuthenticateAsync(
        HttpContext http, RequestTarget target, PostForm? form)
    {
        var now = DateTimeOffset.UtcNow;
        return form is null
            ? authenticator.AuthenticateAsync(
                new SignedRequest(
                    http.Request.Method, target.RawPath, target.RawQuery, http.Request.Headers, now,
                    target.VirtualBucket),
                http.RequestAborted)
            : authenticator.AuthenticateAsync(form, target.Bucket!, now, http.RequestAborted);
    }

    private static async Task ExecuteAsync(Operation operation, S3Request request)
    {
        try
        {
            await operation.Execute(request);
        }
        catch (S3Exception missing) when (request.ExistingBucket is not null && IsMissingObject(missing.Error))
        {
            // That there is no such object may be told to who may list them.
            await request.Access.RequireAsync(
                request.Bucket, request.Configurations, S3Actions.ListBucket, key: null);
            throw;
        }
    }

    private static bool IsMissingObject(S3Error error) =>
        error == S3Errors.NoSuchKey || error == S3Errors.NoSuchVersion;
}
