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
    private const string PartNumber = "partNumber";

    /// <summary>Finds the object, checks conditions and writes status and headers.</summary>
    /// <exception cref="S3Exception">The object is not there, or not to be sent.</exception>
    public static async Task<ObjectRead> PrepareAsync(S3Request request)
    {
        var found = await RequestedObject.FindAsync(request);
        var content = found.Content;
        ReadConditions.OfRequest(request).CheckRead(found);
        var whole = new ByteRange(0, content.Size);
        var range = SelectRange(request, found);
        var checksum = request.Query[PartNumber] is { } part && content.Parts is not null
            ? ObjectPartRange.Checksum(content, part)
            : range is null || range == whole ? content.Checksum : null;
        ObjectHeaders.Write(request, found, checksum);
        var response = request.Response;
        if (request.Query.Has(PartNumber) && content.Parts is { } parts)
            response.Headers["x-amz-mp-parts-count"] = parts.Count.ToString(CultureInfo.InvariantCulture);
        if (range is { Length: > 0 } partial)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture,
                $"bytes {partial.Offset}-{partial.Offset + partial.Length - 1}/{content.Size}");
        }
        response.ContentLength = (range ?? whole).Length;
        return new ObjectRead(found, range ?? whole);
    }

    private static ByteRange? SelectRange(S3Request request, ObjectVersion found)
    {
        var header = request.Header("Range");
        if (request.Query[PartNumber] is { } number)
        {
            return header is null
                ? ObjectPartRange.Find(found.Content, number)
                : throw new S3Exception(S3Errors.InvalidRequest,
                    "Cannot specify both Range header and partNumber query parameter");
        }
        return ReadConditions.RangeCounts(request.Header("If-Range"), found.Content.ETag, found.LastModified)
            ? ByteRange.Parse(header, found.Content.Size)
            : null;
    }
}
