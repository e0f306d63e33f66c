using System.Text;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Routing;
using CasStore.Api.S3.Xml;

namespace CasStore.Api.S3.Operations.Buckets;

/// <summary>
/// Deletes up to 1,000 objects. https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
/// </summary>
public static class DeleteObjects
{
    private const int MaxKeys = 1000;
    private const int MaxElements = 2 + MaxKeys * 6;

    // A key has up to 1,024 bytes, each of which may be escaped as six characters.
    private const int MaxBody = 8 * 1024 * 1024;

    public static async Task ExecuteAsync(S3Request request)
    {
        var body = request.OpenBody();
        if (request.Header("Content-MD5") is null && body.Checksum is null)
        {
            throw new S3Exception(S3Errors.InvalidRequest,
                "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
        }
        var delete = XmlNode.Parse(await body.ReadAllAsync(MaxBody, request.Cancel), "Delete", MaxElements);
        if (delete.Children.Any(child => child.Name is not ("Object" or "Quiet")))
            throw new S3Exception(S3Errors.MalformedXml);
        var quiet = delete.TextOf("Quiet")?.Trim() switch
        {
            null or "false" or "0" => false,
            "true" or "1" => true,
            _ => throw new S3Exception(S3Errors.MalformedXml),
        };
        var objects = delete.Children.Where(child => child.Name == "Object").Select(ReadObject).ToList();
        if (objects.Count is 0 or > MaxKeys)
            throw new S3Exception(S3Errors.MalformedXml);
        var deletable = objects.Where(entry => entry.Error is null).Select(entry => entry.Key).ToList();
        if (deletable.Count > 0)
        {
            await request.AppendAsync(new Events.Objects.DeleteObjects(request.Bucket.Id, deletable)
            {
                Context = request.Context,
            });
        }
        var document = new XmlDocument("DeleteResult");
        foreach (var (key, error) in objects)
        {
            if (error is not null)
            {
                document.Open("Error").Element("Key", key).Element("Code", error.Code)
                    .Element("Message", error.Message).Close("Error");
            }
            else if (!quiet)
            {
                document.Open("Deleted").Element("Key", key).Close("Deleted");
            }
        }
        await request.RespondAsync(document);
    }

    private static (string Key, S3Error? Error) ReadObject(XmlNode element)
    {
        var key = element.TextOf("Key");
        if (string.IsNullOrEmpty(key))
            throw new S3Exception(S3Errors.MalformedXml);
        if (Encoding.UTF8.GetByteCount(key) > RequestTarget.MaxKeyBytes)
            return (key, S3Errors.KeyTooLongError);
        // ETag, LastModifiedTime and Size make a deletion conditional.
        if (element.Children.Any(child => child.Name is not ("Key" or "VersionId")))
            return (key, S3Errors.NotImplemented);
        return (key, element.TextOf("VersionId") is null or "" or "null" ? null : S3Errors.NoSuchVersion);
    }
}
