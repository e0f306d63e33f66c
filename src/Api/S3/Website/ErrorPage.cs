using System.Net;
using System.Text;
using CasStore.Api.S3.Errors;
using Microsoft.AspNetCore.WebUtilities;

namespace CasStore.Api.S3.Website;

/// <summary>What a website shows for an error for which it has no page of its own.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/CustomErrorDocSupport.html</remarks>
public static class ErrorPage
{
    /// <summary>Writes the page.</summary>
    public static async Task WriteAsync(HttpContext http, S3Exception error, string requestId)
    {
        ErrorResponse.Prepare(http, error, requestId);
        var response = http.Response;
        if (error.Error.Status == StatusCodes.Status304NotModified)
            return;
        var bytes = Encoding.UTF8.GetBytes(Render(error, requestId));
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await response.BodyWriter.WriteAsync(bytes, http.RequestAborted);
    }

    /// <summary>The page's text.</summary>
    public static string Render(S3Exception error, string requestId)
    {
        var title = $"{error.Error.Status} {ReasonPhrases.GetReasonPhrase(error.Error.Status)}";
        var page = new StringBuilder()
            .Append($"<html>\n<head><title>{title}</title></head>\n<body>\n<h1>{title}</h1>\n<ul>\n");
        Append(page, error);
        Append(page, "RequestId", requestId);
        Append(page, "HostId", requestId);
        page.Append("</ul>\n");
        if (error.OfErrorDocument is { } further)
        {
            page.Append("<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>\n<ul>\n");
            Append(page, further);
            page.Append("</ul>\n");
        }
        return page.Append("<hr/>\n</body>\n</html>\n").ToString();
    }

    private static void Append(StringBuilder page, S3Exception error)
    {
        Append(page, "Code", error.Error.Code);
        Append(page, "Message", error.Message);
        foreach (var (name, value) in error.Details)
            Append(page, name, value);
    }

    private static void Append(StringBuilder page, string name, string value) =>
        page.Append($"<li>{name}: {WebUtility.HtmlEncode(value)}</li>\n");
}
