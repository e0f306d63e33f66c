using System.Text;
using CasStore.Api.S3.Access;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Operations.Objects;
using CasStore.Api.S3.Routing;
using CasStore.Api.S3.Xml;
using CasStore.Events.Log;
using CasStore.Events.Objects;

namespace CasStore.Api.S3.Operations.Buckets;

/// <summary>
/// Deletes up to 1,000 objects or versions, each with an outcome of its own.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
/// </summary>
public static class DeleteObjects
{
    private const int MaxKeys = 1000;
    private const int MaxElements = 2 + MaxKeys * 6;

    // A key has up to 1,024 bytes, each of which may be escaped as six characters.
    private const int MaxBody = 8 * 1024 * 1024;

    private sealed record Entry(ObjectDeletion Deletion)
    {
        public S3Exception? Error { get; set; }
    }

    public static async Task ExecuteAsync(S3Request request)
    {
        // Each key is asked for by itself; who could delete none is told before the body is read.
        if (request.BucketAccess.Policy is null && !await request.AllowsAsync(S3Actions.DeleteObject, ""))
            throw new S3Exception(S3Errors.AccessDenied);
        var body = request.OpenBody();
        if (request.Header("Content-MD5") is null && body.Checksum is null)
        {
            throw new S3Exception(S3Errors.InvalidRequest,
                "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
        }
        var delete = XmlNode.Parse(await body.ReadAllAsync(MaxBody, request.Cancel), "Delete", MaxElements);
        delete.RequireOnly("Object", "Quiet");
        var quiet = delete.TextOf("Quiet")?.Trim() switch
        {
            null or "false" or "0" => false,
            "true" or "1" => true,
            _ => throw new S3Exception(S3Errors.MalformedXml),
        };
        var bypass = ObjectLockHeaders.BypassGovernance(request);
        var entries = delete.Children.Where(child => child.Name == "Object")
            .Select(element => Read(element, bypass)).ToList();
        if (entries.Count is 0 or > MaxKeys)
            throw new S3Exception(S3Errors.MalformedXml);
        foreach (var entry in entries.Where(entry => entry.Error is null))
        {
            var (key, version) = (entry.Deletion.Key, entry.Deletion.VersionId);
            if (!await request.AllowsAsync(S3Actions.DeleteObject, key, version)
                || (bypass && !await request.AllowsAsync(S3Actions.BypassGovernanceRetention, key, version)))
            {
                entry.Error = new S3Exception(S3Errors.AccessDenied);
            }
        }
        var events = await DeleteAsync(request, entries);
        await RespondAsync(request, entries, events, quiet);
    }

    private static async Task<IReadOnlyList<IEvent>> DeleteAsync(S3Request request, List<Entry> entries)
    {
        var deletable = entries.Where(entry => entry.Error is null).ToList();
        if (deletable.Count == 0)
            return [];
        var result = await request.AppendAsync(new Events.Objects.DeleteObjects(
            request.Bucket.Id, deletable.ConvertAll(entry => entry.Deletion))
        { Context = request.Context });
        for (var i = 0; i < deletable.Count; i++)
        {
            if (result.Outcomes[i] != Rejection.None)
                deletable[i].Error = RejectionErrors.ToException(result.Outcomes[i], request);
        }
        return result.Events;
    }

    private static async Task RespondAsync(
        S3Request request, List<Entry> entries, IReadOnlyList<IEvent> events, bool quiet)
    {
        var markers = events.OfType<DeleteMarkerCreated>().ToDictionary(made => made.Key, StringComparer.Ordinal);
        var deletedMarkers = events.OfType<ObjectVersionDeleted>().Where(gone => gone.DeleteMarker == true)
            .Select(gone => (gone.Key, gone.VersionId)).ToHashSet();
        var document = new XmlDocument("DeleteResult");
        foreach (var entry in entries)
        {
            var (key, version) = (entry.Deletion.Key, entry.Deletion.VersionId);
            if (entry.Error is { } error)
            {
                document.Open("Error").Element("Key", key).Element("VersionId", version)
                    .Element("Code", error.Error.Code).Element("Message", error.Message).Close("Error");
            }
            else if (!quiet)
            {
                var marker = version is null
                    ? markers.GetValueOrDefault(key)?.VersionId
                    : deletedMarkers.Contains((key, version)) ? version : null;
                document.Open("Deleted").Element("Key", key).Element("VersionId", version)
                    .Element("DeleteMarker", marker is null ? null : "true")
                    .Element("DeleteMarkerVersionId", marker).Close("Deleted");
            }
        }
        await request.RespondAsync(document);
    }

    private static Entry Read(XmlNode element, bool bypass)
    {
        var key = element.TextOf("Key");
        if (string.IsNullOrEmpty(key))
            throw new S3Exception(S3Errors.MalformedXml);
        var version = element.TextOf("VersionId") is { Length: > 0 } id ? id : null;
        var deletion = new ObjectDeletion(key, version, Conditions(element)) { BypassGovernance = bypass };
        if (Encoding.UTF8.GetByteCount(key) > RequestTarget.MaxKeyBytes)
            return new Entry(deletion) { Error = new S3Exception(S3Errors.KeyTooLongError) };
        return new Entry(deletion)
        {
            Error = version is null || VersionId.IsValid(version) ? null : new S3Exception(S3Errors.NoSuchVersion),
        };
    }

    private static DeleteConditions? Conditions(XmlNode element)
    {
        var etag = element.TextOf("ETag")?.Trim();
        var lastModified = element.TextOf("LastModifiedTime")?.Trim();
        var size = element.TextOf("Size")?.Trim();
        if (etag is null && lastModified is null && size is null)
            return null;
        return new DeleteConditions(
            etag is null ? null : ETags.Unquote(etag),
            lastModified is null ? null : DeleteObject.ParseTime(lastModified) ?? throw Malformed(),
            size is null ? null : DeleteObject.ParseSize(size) ?? throw Malformed());
    }

    private static S3Exception Malformed() => new(S3Errors.MalformedXml);
}
