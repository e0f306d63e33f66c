using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Operations.Objects;
using CasStore.Api.S3.Xml;
using CasStore.Events.Objects;
using CasStore.Events.Uploads;
using CasStore.Projections.Uploads;

namespace CasStore.Api.S3.Operations.Multipart;

/// <summary>
/// Makes a part of an existing object's bytes. They are read once for the part's ETag, but not written: the part names
/// the source's blobs. https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html
/// </summary>
public static class UploadPartCopy
{
    public static async Task ExecuteAsync(S3Request request)
    {
        await request.OpenBody().ReadAllAsync(0, request.Cancel);
        var number = OpenUpload.PartNumber(request);
        var upload = await OpenUpload.FindAsync(request);
        var source = await CopySource.FindAsync(request);
        var size = source.Object.Content.Size;
        var range = request.Header("x-amz-copy-source-range") is { } header
            ? ByteRange.ParseCopy(header, size)
            : new ByteRange(0, size);
        CopySource.CheckSize(range.Length);
        var part = await ContentAsync(request, upload, Slice(source.Object.Content.Extents, range), range.Length);
        var result = await request.AppendAsync(
            new Events.Uploads.UploadPart(upload.UploadId, number, part) { Context = request.Context });
        source.WriteVersion(request.Response.Headers);
        var document = new XmlDocument("CopyPartResult")
            .Element("LastModified", result.RecordedAt)
            .Element("ETag", ETags.Quote(part.ETag));
        if (upload.ChecksumAlgorithm is not null && part.Checksum is { } checksum)
            document.Element(ChecksumNames.Element(checksum.Algorithm), checksum.Value);
        await request.RespondAsync(document);
    }

    /// <summary>The extents of a range of a list of extents.</summary>
    internal static List<Extent> Slice(IReadOnlyList<Extent> extents, ByteRange range)
    {
        var slice = new List<Extent>();
        var position = 0L;
        foreach (var extent in extents)
        {
            var from = Math.Max(range.Offset - position, 0);
            var to = Math.Min(range.Offset + range.Length - position, extent.Length);
            if (from < to)
                slice.Add(new Extent(extent.Blob, extent.Offset + from, to - from));
            position += extent.Length;
        }
        return slice;
    }

    private static async Task<PartContent> ContentAsync(
        S3Request request, Upload upload, List<Extent> extents, long size)
    {
        var (etag, checksum) = await StoredBytes.HashAsync(request, extents, OpenUpload.Algorithm(upload));
        return new PartContent { Size = size, ETag = etag, Extents = extents, Checksum = checksum };
    }
}
