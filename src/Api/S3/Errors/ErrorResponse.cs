using System.Data.Common;
using CasStore.Api.S3.Xml;
using CasStore.BlobCas;
using CasStore.Events.Log;
using Microsoft.AspNetCore.Connections;

namespace CasStore.Api.S3.Errors;

/// <summary>Turns what ended a request into S3's error document.</summary>
public static class ErrorResponse
{
    private static readonly string[] KeptOnErrors = ["x-amz-request-id", "x-amz-id-2", "Server"];

    private static readonly string[] KeptWhenNotModified =
        [.. KeptOnErrors, "ETag", "Last-Modified", "Cache-Control", "Expires"];

    /// <summary>The S3 error for any exception; unexpected ones are InternalError.</summary>
    public static S3Exception From(Exception exception) => exception switch
    {
        S3Exception known => known,
        QueueFullException => new S3Exception(S3Errors.SlowDown),
        LogUnavailableException or DbException or TimeoutException => new S3Exception(S3Errors.ServiceUnavailable),
        DiskFullException => new S3Exception(S3Errors.InsufficientStorage),
        ConnectionResetException or ConnectionAbortedException => new S3Exception(S3Errors.IncompleteBody),
        BadHttpRequestException bad => FromHttp(bad),
        _ => new S3Exception(S3Errors.InternalError),
    };

    /// <summary>Writes the error, unless the response has begun.</summary>
    public static async Task WriteAsync(HttpContext http, S3Exception error, string resource, string requestId)
    {
        var response = http.Response;
        ForgetTheAnswer(response, error);
        response.StatusCode = error.Error.Status;
        if (error.Error.Status == StatusCodes.Status503ServiceUnavailable)
            response.Headers.RetryAfter = "1";
        // A body that was not read would be taken for the next request's head: end the connection instead.
        if (http.Request.ContentLength > 0 || http.Request.Headers.TransferEncoding.Count > 0)
            response.Headers.Connection = "close";
        if (error.Error.Status == StatusCodes.Status304NotModified || HttpMethods.IsHead(http.Request.Method))
            return;
        var document = new XmlDocument("Error", inNamespace: false)
            .Element("Code", error.Error.Code)
            .Element("Message", error.Message);
        foreach (var (name, value) in error.Details)
            document.Element(name, value);
        if (!error.Details.Any(detail => detail.Name == "Resource"))
            document.Element("Resource", resource);
        var bytes = document.Element("RequestId", requestId).Element("HostId", requestId).Finish();
        response.ContentType = "application/xml";
        response.ContentLength = bytes.Length;
        await response.BodyWriter.WriteAsync(bytes, http.RequestAborted);
    }

    /// <summary>
    /// Takes back the headers of the answer that will not be given. "Not modified" keeps its validators and caching
    /// (RFC 9110 §15.4.5).
    /// </summary>
    private static void ForgetTheAnswer(HttpResponse response, S3Exception error)
    {
        var kept = error.Error.Status == StatusCodes.Status304NotModified ? KeptWhenNotModified : KeptOnErrors;
        foreach (var name in response.Headers.Keys.Except(kept, StringComparer.OrdinalIgnoreCase).ToList())
            response.Headers.Remove(name);
    }

    private static S3Exception FromHttp(BadHttpRequestException bad) => bad.StatusCode switch
    {
        StatusCodes.Status408RequestTimeout => new S3Exception(S3Errors.RequestTimeout),
        StatusCodes.Status413PayloadTooLarge => new S3Exception(S3Errors.EntityTooLarge),
        _ => new S3Exception(S3Errors.IncompleteBody),
    };
}
