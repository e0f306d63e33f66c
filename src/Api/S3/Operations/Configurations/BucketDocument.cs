using System.Text;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Xml;
using CasStore.Events.Buckets;

namespace CasStore.Api.S3.Operations.Configurations;

/// <summary>
/// A document that configures a bucket, with the three operations on it. What is stored is what was understood, written
/// anew: what GET shows, byte by byte.
/// </summary>
/// <param name="Name">Its name in the log, a member of <see cref="BucketConfigurationName"/>.</param>
/// <param name="Root">Its root element.</param>
/// <param name="Missing">What GET answers when there is none.</param>
/// <param name="Rewrite">Validates a document and writes it anew; null is as good as none.</param>
public sealed record BucketDocument(string Name, string Root, S3Error Missing, Func<XmlNode, XmlDocument?> Rewrite)
{
    /// <summary>Most bytes.</summary>
    public int MaxBody { get; init; } = 256 * 1024;

    /// <summary>Most elements.</summary>
    public int MaxElements { get; init; } = 1024;

    /// <summary>Status that PUT answers.</summary>
    public int PutStatus { get; init; } = StatusCodes.Status200OK;

    /// <summary>Stores the document in the body.</summary>
    public async Task PutAsync(S3Request request)
    {
        var body = await request.OpenBody().ReadAllAsync(MaxBody, request.Cancel);
        var document = Rewrite(XmlNode.Parse(body, Root, MaxElements));
        await StoreAsync(request, document is null ? null : Encoding.UTF8.GetString(document.Finish().Span));
        await request.RespondAsync(PutStatus);
    }

    /// <summary>Shows the document.</summary>
    public Task GetAsync(S3Request request) => request.Configurations[Name] is { } document
        ? request.RespondXmlAsync(Encoding.UTF8.GetBytes(document))
        : throw new S3Exception(Missing, null, ("BucketName", request.Bucket.Name));

    /// <summary>Removes the document, if there is one.</summary>
    public async Task DeleteAsync(S3Request request)
    {
        await StoreAsync(request, null);
        await request.RespondAsync(StatusCodes.Status204NoContent);
    }

    private async Task StoreAsync(S3Request request, string? document) =>
        await request.AppendAsync(new ConfigureBucket(request.Bucket.Id, Name, document)
        {
            Context = request.Context,
        });
}
