using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Operations.Objects;
using CasStore.Api.S3.Xml;

namespace CasStore.Api.S3.Operations.ObjectLock;

/// <summary>
/// Tells whether a version is under legal hold.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLegalHold.html
/// </summary>
public static class GetObjectLegalHold
{
    public static async Task ExecuteAsync(S3Request request)
    {
        LockedBucket.Require(request);
        var hold = (await RequestedObject.FindOwnerAsync(request)).LegalHold
            ?? throw new S3Exception(S3Errors.NoSuchObjectLockConfiguration, null, ("Key", request.Key));
        await request.RespondAsync(new XmlDocument("LegalHold").Element("Status", hold ? "ON" : "OFF"));
    }
}
