using CasStore.Api.S3.Access;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Operations.Objects;
using CasStore.Projections.Objects;

namespace CasStore.Api.S3.Website;

/// <summary>An object that a website shows: one that nobody in particular may read.</summary>
internal sealed class WebsiteDocument
{
    private readonly S3Request _request;
    private readonly ObjectVersion _found;

    private WebsiteDocument(S3Request request, ObjectVersion found) => (_request, _found) = (request, found);

    /// <summary>Where the object sends who asks for it, or null.</summary>
    public string? RedirectLocation => _found.Metadata.WebsiteRedirectLocation;

    /// <summary>Finds the object that a request names.</summary>
    /// <exception cref="S3Exception">AccessDenied, or NoSuchKey to who may list the bucket.</exception>
    public static async Task<WebsiteDocument> FindAsync(S3Request request)
    {
        if (!await request.AllowsAsync(S3Actions.GetObject, request.Key))
            throw new S3Exception(S3Errors.AccessDenied);
        try
        {
            return new WebsiteDocument(request, await RequestedObject.FindAsync(request));
        }
        catch (S3Exception missing) when (missing.Error == S3Errors.NoSuchKey)
        {
            await request.Access.RequireAsync(
                request.Bucket, request.Configurations, S3Actions.ListBucket, key: null);
            throw;
        }
    }

    /// <summary>
    /// Whether a key, of which there is no object, is that of a folder whose index document anybody may read.
    /// </summary>
    public static async Task<bool> IsFolderAsync(S3Request request, string index) =>
        await request.Access.FindAsync(request.Bucket, request.Key, versionId: null) is null
        && await request.AllowsAsync(S3Actions.GetObject, index)
        && await request.Access.FindAsync(request.Bucket, index, versionId: null) is not null;

    /// <summary>Sends it, or what of it the request wants.</summary>
    /// <exception cref="S3Exception">What GetObject answers.</exception>
    public Task SendAsync() => IsHead ? HeadObject.ExecuteAsync(_request) : GetObject.ExecuteAsync(_request);

    /// <summary>Sends it whole as the page for an error.</summary>
    public async Task SendForAsync(S3Exception error)
    {
        ObjectHeaders.Write(_request, _found, _found.Content.Checksum);
        var response = _request.Response;
        foreach (var (name, value) in error.Headers)
            response.Headers[name] = value;
        response.StatusCode = error.Error.Status;
        response.ContentLength = _found.Content.Size;
        if (!IsHead)
            await GetObject.SendAsync(_request, new ObjectRead(_found, new ByteRange(0, _found.Content.Size)));
    }

    private bool IsHead => HttpMethods.IsHead(_request.Http.Request.Method);
}
