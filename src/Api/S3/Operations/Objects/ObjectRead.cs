using System.Globalization;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Projections.Objects;

namespace CasStore.Api.S3.Operations.Objects;

/// <summary>What a GET or HEAD answers: the object, and which of its bytes.</summary>
/// <param name="Object">The object.</param>
/// <param name="Range">The bytes.</param>
public sealed record ObjectRead(ObjectVersion Object, ByteRange Range)
{
    /// <summary>Finds the object, checks conditions and writes status and headers.</summary>
    /// <exception cref="S3Exception">The object is not there, or not to be sent.</exception>
    public static async Task<ObjectRead> PrepareAsync(S3Request request)
    {
        var found = await FindAsync(request);
        var content = found.Content;
        ObjectHeaders.Write(request, found, whole: false);
        ReadConditions.OfRequest(request).CheckRead(content.ETag, found.LastModified);

        var partNumber = request.Query["partNumber"];
        var rangeHeader = request.Header("Range");
        if (partNumber is not null && rangeHeader is not null)
        {
            throw new S3Exception(
                S3Errors.InvalidRequest, "Cannot specify both Range header and partNumber query parameter");
        }
        var range = partNumber is not null
            ? ObjectPartRange.Find(content, partNumber)
            : ByteRange.Parse(rangeHeader, content.Size);
        var whole = new ByteRange(0, content.Size);
        var response = request.Response;
        if (range is { } partial)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            if (content.Size > 0)
            {
                response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture,
                    $"bytes {partial.Offset}-{partial.Offset + partial.Length - 1}/{content.Size}");
            }
        }
        if (partNumber is not null && content.Parts is { } parts)
            response.Headers["x-amz-mp-parts-count"] = parts.Count.ToString(CultureInfo.InvariantCulture);
        if (range is null || range == whole)
            ObjectHeaders.Write(request, found, whole: true);
        response.ContentLength = (range ?? whole).Length;
        return new ObjectRead(found, range ?? whole);
    }

    private static async Task<ObjectVersion> FindAsync(S3Request request)
    {
        VersionId.RequireNull(request.Query["versionId"]);
        return await request.Store.Objects.FindAsync(request.Bucket.Id, request.Key, request.Cancel)
            ?? throw new S3Exception(S3Errors.NoSuchKey, null, ("Key", request.Key));
    }
}
