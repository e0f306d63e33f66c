namespace CasStore.Api.S3.Routing;

/// <summary>The resource that an operation works on.</summary>
public enum ResourceLevel
{
    /// <summary>The endpoint itself.</summary>
    Service,
    Bucket,
    Object,
}

/// <summary>One operation of the S3 API and how a request names it.</summary>
/// <param name="Name">Name in the S3 API Reference.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Level">What the path names.</param>
/// <param name="SubResource">Query parameter that selects it, or null.</param>
/// <param name="Action">
/// The permission that it needs on what the path names; null when it asks for its own.
/// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
/// </param>
/// <param name="Execute">Carries it out.</param>
public sealed record Operation(
    string Name, string Method, ResourceLevel Level, string? SubResource, string? Action,
    Func<S3Request, Task> Execute)
{
    /// <summary>A second query parameter that must be there.</summary>
    public string? AlsoNeeds { get; init; }

    /// <summary>A header that must be there.</summary>
    public string? NeedsHeader { get; init; }

    /// <summary>Whether the query may name a version.</summary>
    public bool TakesVersion { get; init; }

    /// <summary>Whether it sends the object that the path names.</summary>
    public bool ReadsObject { get; init; }

    /// <summary>Whether it writes the object that the path names, whatever is there.</summary>
    public bool WritesObject { get; init; }

    /// <summary>What of it is not there, for the documentation.</summary>
    public string? Limits { get; init; }

    /// <summary>Whether a browser's form names the key and proves who sends it.</summary>
    public bool HasForm { get; init; }

    /// <summary>Whether the bucket is to be looked up and authorised before.</summary>
    public bool NeedsBucket { get; init; } = Level != ResourceLevel.Service;
}
