namespace CasStore.Api.S3.Headers;

/// <summary>The headers of every answer: what it may be asked about with.</summary>
public static class IdentityHeaders
{
    public static void Write(IHeaderDictionary headers, string requestId)
    {
        headers["x-amz-request-id"] = requestId;
        headers["x-amz-id-2"] = requestId;
        headers.Server = "CasStore";
    }
}
