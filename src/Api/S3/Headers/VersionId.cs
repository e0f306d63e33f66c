using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Headers;

/// <summary>Version ids where no bucket is versioned: the only version of an object is the null version.</summary>
public static class VersionId
{
    /// <summary>Lets a request for the null version, or for none in particular, go on.</summary>
    /// <exception cref="S3Exception">NoSuchVersion, or InvalidArgument for an empty id.</exception>
    public static void RequireNull(string? versionId)
    {
        if (versionId is null or "null")
            return;
        throw versionId.Length == 0
            ? new S3Exception(S3Errors.InvalidArgument, "Version id cannot be the empty string",
                ("ArgumentName", "versionId"), ("ArgumentValue", ""))
            : new S3Exception(S3Errors.NoSuchVersion, null, ("VersionId", versionId));
    }
}
