using System.Globalization;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Events.Objects;

namespace CasStore.Api.S3.Operations.Objects;

/// <summary>
/// Deletes an object or a version of it, or finds that there is none: all are 204.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html
/// </summary>
public static class DeleteObject
{
    public static async Task ExecuteAsync(S3Request request)
    {
        var deletion = new ObjectDeletion(request.Key, VersionIds.Requested(request), Conditions(request))
        {
            BypassGovernance = ObjectLockHeaders.BypassGovernance(request),
        };
        var result = await request.AppendAsync(
            new Events.Objects.DeleteObjects(request.Bucket.Id, [deletion]) { Context = request.Context });
        if (result.Outcomes[0] is var outcome and not Events.Log.Rejection.None)
            throw RejectionErrors.ToException(outcome, request);
        VersionIds.Write(request, deletion.VersionId);
        switch (result.Events)
        {
            case [DeleteMarkerCreated marker]:
                VersionIds.Write(request, marker.VersionId);
                request.Response.Headers["x-amz-delete-marker"] = "true";
                break;
            case [ObjectVersionDeleted { DeleteMarker: true }]:
                request.Response.Headers["x-amz-delete-marker"] = "true";
                break;
        }
        await request.RespondAsync(StatusCodes.Status204NoContent);
    }

    private static DeleteConditions? Conditions(S3Request request)
    {
        var ifMatch = request.Header("If-Match");
        var lastModified = request.Header("x-amz-if-match-last-modified-time");
        var size = request.Header("x-amz-if-match-size");
        if (ifMatch is null && lastModified is null && size is null)
            return null;
        return new DeleteConditions(
            ifMatch is null ? null : ETags.Unquote(ifMatch),
            lastModified is null ? null : ParseTime(lastModified) ?? throw Invalid("last-modified-time", lastModified),
            size is null ? null : ParseSize(size) ?? throw Invalid("size", size));
    }

    /// <summary>A time in one of HTTP's or XML's forms, or null.</summary>
    internal static DateTimeOffset? ParseTime(string text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>A size in bytes, or null.</summary>
    internal static long? ParseSize(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;

    private static S3Exception Invalid(string what, string value) => new(S3Errors.InvalidArgument, null,
        ("ArgumentName", $"x-amz-if-match-{what}"), ("ArgumentValue", value));
}
