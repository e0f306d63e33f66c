using System.Data.Common;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Xml;
using CasStore.BlobCas;
using CasStore.Events.Log;
using Microsoft.AspNetCore.Connections;

namespace CasStore.Api.S3.Errors;

/// <summary>Turns what ended a request into S3's error document.</summary>
public static class ErrorResponse
{
    private const string PostgresDiskFull = "53100";

    /// <summary>Most bytes of an unread body that are drained, to keep the connection.</summary>
    private const long MostToDrain = 64 * 1024;

    /// <summary>The S3 error for any exception; unexpected ones are InternalError.</summary>
    public static S3Exception From(Exception exception) => exception switch
    {
        S3Exception known => known,
        QueueFullException => new S3Exception(S3Errors.SlowDown),
        DiskFullException or DbException { SqlState: PostgresDiskFull } =>
            new S3Exception(S3Errors.InsufficientStorage),
        LogUnavailableException or TimeoutException => new S3Exception(S3Errors.ServiceUnavailable),
        DbException database when IsUnavailable(database) => new S3Exception(S3Errors.ServiceUnavailable),
        ConnectionResetException or ConnectionAbortedException => new S3Exception(S3Errors.IncompleteBody),
        BadHttpRequestException bad => FromHttp(bad),
        _ => new S3Exception(S3Errors.InternalError),
    };

    /// <summary>Writes the error, unless the response has begun.</summary>
    public static async Task WriteAsync(HttpContext http, S3Exception error, string resource, string requestId)
    {
        Prepare(http, error, requestId);
        var response = http.Response;
        if (error.Error.Status == StatusCodes.Status304NotModified)
            return;
        response.ContentType = "application/xml";
        if (HttpMethods.IsHead(http.Request.Method))
            return;
        var document = new XmlDocument("Error", inNamespace: false)
            .Element("Code", error.Error.Code)
            .Element("Message", error.Message);
        foreach (var (name, value) in error.Details)
            document.Element(name, value);
        if (!error.Details.Any(detail => detail.Name == "Resource"))
            document.Element("Resource", resource);
        var bytes = document.Element("RequestId", requestId).Element("HostId", requestId).Finish();
        response.ContentLength = bytes.Length;
        await response.BodyWriter.WriteAsync(bytes, http.RequestAborted);
        document.Release();
    }

    /// <summary>Gives the answer the error's status and headers.</summary>
    internal static void Prepare(HttpContext http, S3Exception error, string requestId)
    {
        var response = http.Response;
        // What an operation wrote before it failed, such as the object's Content-Encoding, is not about the error.
        response.Clear();
        IdentityHeaders.Write(response.Headers, requestId);
        response.StatusCode = error.Error.Status;
        foreach (var (name, value) in error.Headers)
            response.Headers[name] = value;
        if (error.Error.Status == StatusCodes.Status503ServiceUnavailable)
            response.Headers.RetryAfter = "1";
        if (LeavesMuchUnread(http.Request))
            response.Headers.Connection = "close";
    }

    // Who expects 100-continue and did not get it may send the body or not: only a new connection is sure.
    private static bool LeavesMuchUnread(HttpRequest request) =>
        request.ContentLength > MostToDrain || request.Headers.TransferEncoding.Count > 0 ||
        request.Headers.Expect.Count > 0;

    // Without a state the server never answered; class 08 is the connection, 53 resources, 57P an operator's stop.
    private static bool IsUnavailable(DbException failure) => failure.SqlState is not { } state ||
        state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal) ||
        state.StartsWith("57P", StringComparison.Ordinal);

    private static S3Exception FromHttp(BadHttpRequestException bad) => bad.StatusCode switch
    {
        StatusCodes.Status408RequestTimeout => new S3Exception(S3Errors.RequestTimeout),
        StatusCodes.Status413PayloadTooLarge => new S3Exception(S3Errors.EntityTooLarge),
        _ => new S3Exception(S3Errors.IncompleteBody),
    };
}
