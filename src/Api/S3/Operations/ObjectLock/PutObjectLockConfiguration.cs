using System.Globalization;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Xml;
using CasStore.Events.Buckets;
using CasStore.Events.Log;

namespace CasStore.Api.S3.Operations.ObjectLock;

/// <summary>
/// Enables object lock in a versioned bucket, with or without a default retention.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html
/// </summary>
public static class PutObjectLockConfiguration
{
    private const int MaxBody = 64 * 1024;
    private const int MaxElements = 16;
    private const int MaxDays = 36500;
    private const int MaxYears = 100;

    public static async Task ExecuteAsync(S3Request request)
    {
        var configuration = XmlNode.Parse(
            await request.OpenBody().ReadAllAsync(MaxBody, request.Cancel), "ObjectLockConfiguration", MaxElements);
        configuration.RequireOnly("ObjectLockEnabled", "Rule");
        if (configuration.TextOf("ObjectLockEnabled")?.Trim() != "Enabled")
            throw new S3Exception(S3Errors.MalformedXml);
        var retention = configuration.Child("Rule") is { } rule ? Read(rule) : null;
        var result = await request.Store.Log.AppendAsync(
            new SetBucketObjectLock(request.Bucket.Id, retention) { Context = request.Context },
            CancellationToken.None);
        if (result.Rejection == Rejection.InvalidBucketState)
        {
            throw new S3Exception(S3Errors.InvalidBucketState,
                "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");
        }
        if (result.Rejection != Rejection.None)
            throw RejectionErrors.ToException(result.Rejection, request);
        await request.RespondAsync(StatusCodes.Status200OK);
    }

    private static DefaultRetention Read(XmlNode rule)
    {
        rule.RequireOnly("DefaultRetention");
        var retention = rule.Child("DefaultRetention") ?? throw new S3Exception(S3Errors.MalformedXml);
        retention.RequireOnly("Mode", "Days", "Years");
        var mode = ObjectLockHeaders.ParseMode(retention.TextOf("Mode")?.Trim())
            ?? throw new S3Exception(S3Errors.MalformedXml);
        var (days, years) = (Period(retention, "Days", MaxDays), Period(retention, "Years", MaxYears));
        return days is null == years is null
            ? throw new S3Exception(S3Errors.MalformedXml)
            : new DefaultRetention(mode, days, years);
    }

    private static int? Period(XmlNode retention, string unit, int most)
    {
        if (retention.TextOf(unit)?.Trim() is not { } text)
            return null;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            throw new S3Exception(S3Errors.MalformedXml);
        if (number <= 0)
            throw new S3Exception(S3Errors.InvalidRetentionPeriod);
        return number <= most
            ? (int)number
            : throw new S3Exception(S3Errors.InvalidRetentionPeriod, "Default retention period too large.");
    }
}
