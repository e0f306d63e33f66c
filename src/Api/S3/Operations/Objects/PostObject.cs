using System.Text;
using CasStore.Api.S3.Xml;

namespace CasStore.Api.S3.Operations.Objects;

/// <summary>
/// Puts an object that a browser's form brings. https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
/// </summary>
public static class PostObject
{
    public static async Task ExecuteAsync(S3Request request)
    {
        await PutObject.ExecuteAsync(request);
        var response = request.Response;
        var form = request.Form!;
        response.ContentLength = null;
        response.Headers.Location = ObjectUrl(request);
        if (Redirect(form["success_action_redirect"] ?? form["redirect"], request) is { } elsewhere)
        {
            response.Headers.Location = elsewhere;
            await request.RespondAsync(StatusCodes.Status303SeeOther);
            return;
        }
        switch (form["success_action_status"])
        {
            case "200":
                await request.RespondAsync(StatusCodes.Status200OK);
                break;
            case "201":
                response.StatusCode = StatusCodes.Status201Created;
                await request.RespondAsync(new XmlDocument("PostResponse", inNamespace: false)
                    .Element("Location", ObjectUrl(request))
                    .Element("Bucket", request.Bucket.Name)
                    .Element("Key", request.Key)
                    .Element("ETag", response.Headers.ETag));
                break;
            default:
                await request.RespondAsync(StatusCodes.Status204NoContent);
                break;
        }
    }

    /// <summary>Where the form wants the browser to go; null when it says nothing that is a URL.</summary>
    internal static string? Redirect(string? url, string bucket, string key, string etag)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return null;
        var target = new StringBuilder(uri.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped));
        target.Append(uri.Query.Length > 0 ? '&' : '?');
        return target.Append("bucket=").Append(Uri.EscapeDataString(bucket))
            .Append("&key=").Append(Uri.EscapeDataString(key))
            .Append("&etag=").Append(Uri.EscapeDataString(etag))
            .Append(uri.Fragment).ToString();
    }

    private static string? Redirect(string? url, S3Request request) =>
        Redirect(url, request.Bucket.Name, request.Key, request.Response.Headers.ETag.ToString());

    private static string ObjectUrl(S3Request request)
    {
        var path = string.Join('/', request.Key.Split('/').Select(Uri.EscapeDataString));
        var root = $"{request.Http.Request.Scheme}://{request.Http.Request.Host}/";
        return request.Target.VirtualBucket is null ? $"{root}{request.Bucket.Name}/{path}" : root + path;
    }
}
