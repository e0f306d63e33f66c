using CasStore.Api.S3.Access;

namespace CasStore.Api.S3;

/// <summary>What is known of a request, for metrics and the access log.</summary>
public sealed class RequestTrace
{
    /// <summary>Command id in the log; x-amz-request-id.</summary>
    public Guid RequestId { get; } = Guid.CreateVersion7();

    /// <summary>The id as clients and log lines show it: 32 upper-case hexadecimal digits.</summary>
    public string RequestIdText => field ??= RequestId.ToString("n").ToUpperInvariant();

    public string Operation { get; set; } = "Unknown";
    public string? Bucket { get; set; }
    public string? Key { get; set; }

    /// <summary>Whether it is for a bucket's website: a person reads the answer, errors too.</summary>
    public bool IsWebsite { get; set; }

    public Principal? Principal { get; set; }
    public string? ErrorCode { get; set; }
}
