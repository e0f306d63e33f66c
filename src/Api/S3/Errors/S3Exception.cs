namespace CasStore.Api.S3.Errors;

/// <summary>An S3 error: the code, status and default message of AWS's error list.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html</remarks>
public sealed record S3Error(string Code, int Status, string Message);

/// <summary>Ends a request with an S3 error.</summary>
public sealed class S3Exception : Exception
{
    /// <summary>Ends a request with <paramref name="error"/>.</summary>
    /// <param name="error">The error.</param>
    /// <param name="message">Replaces the default message.</param>
    /// <param name="details">Further elements of the error document, in order.</param>
    public S3Exception(S3Error error, string? message = null, params (string Name, string Value)[] details)
        : base(message ?? error.Message)
    {
        Error = error;
        Details = details;
    }

    /// <summary>Which error.</summary>
    public S3Error Error { get; }

    /// <summary>Further elements of the error document, such as Key or BucketName.</summary>
    public IReadOnlyList<(string Name, string Value)> Details { get; }

    /// <summary>Headers that belong to the error.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>What kept a website from showing its own page for the error, if anything did.</summary>
    public S3Exception? OfErrorDocument { get; init; }
}
