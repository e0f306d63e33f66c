using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Xml;

namespace CasStore.Api.S3.Operations.Configurations;

/// <summary>
/// A configuration that is the same for every bucket. GET shows it; PUT takes a document that says what holds, and
/// nothing else.
/// </summary>
/// <param name="Root">Root element.</param>
/// <param name="Write">Writes what holds into it.</param>
/// <param name="Holds">Whether a document says what holds; throws when it is none.</param>
/// <param name="Reason">Why nothing else is taken.</param>
public sealed record FixedConfiguration(
    string Root, Action<XmlDocument> Write, Func<XmlNode, bool> Holds, string Reason)
{
    private const int MaxBody = 64 * 1024;
    private const int MaxElements = 1024;

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html</summary>
    public static FixedConfiguration Logging { get; } = new(
        "BucketLoggingStatus", _ => { }, status => status.Children.Count == 0,
        "Access logs are not delivered to buckets.");

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html</summary>
    public static FixedConfiguration Notification { get; } = new(
        "NotificationConfiguration", _ => { }, configuration => configuration.Children.Count == 0,
        "Notifications are not delivered.");

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketRequestPayment.html</summary>
    public static FixedConfiguration RequestPayment { get; } = new(
        "RequestPaymentConfiguration", document => document.Element("Payer", "BucketOwner"),
        configuration => IsFirst(configuration, "Payer", "BucketOwner", "Requester"), "Nobody pays for requests.");

    /// <summary>
    /// A bucket whose acceleration was never enabled has no status.
    /// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAccelerateConfiguration.html
    /// </summary>
    public static FixedConfiguration Acceleration { get; } = new(
        "AccelerateConfiguration", _ => { },
        configuration => IsFirst(configuration, "Status", "Suspended", "Enabled"),
        "There is no transfer acceleration.");

    /// <summary>Shows what holds.</summary>
    public Task GetAsync(S3Request request)
    {
        var document = new XmlDocument(Root);
        Write(document);
        return request.RespondAsync(document);
    }

    /// <summary>Takes a document that says what holds.</summary>
    public async Task PutAsync(S3Request request)
    {
        var body = await request.OpenBody().ReadAllAsync(MaxBody, request.Cancel);
        if (!Holds(XmlNode.Parse(body, Root, MaxElements)))
            throw new S3Exception(S3Errors.NotImplemented, Reason, ("Header", Root));
        await request.RespondAsync(StatusCodes.Status200OK);
    }

    private static bool IsFirst(XmlNode configuration, string element, string first, string second)
    {
        configuration.RequireOnly(element);
        var text = configuration.TextOf(element);
        return text == first || (text == second ? false : throw new S3Exception(S3Errors.MalformedXml));
    }
}
