using System.Text;
using CasStore.Api.S3.Access.Policies;
using CasStore.Api.S3.Access.Settings;
using CasStore.Api.S3.Errors;
using CasStore.Events.Buckets;

namespace CasStore.Api.S3.Operations.Buckets;

/// <summary>
/// Puts a policy on a bucket.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
/// </summary>
public static class PutBucketPolicy
{
    private const int MaxBody = 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, true);

    public static async Task ExecuteAsync(S3Request request)
    {
        var body = await request.OpenBody().ReadAllAsync(MaxBody, request.Cancel);
        if (PolicyValidation.Size(body) > PolicyValidation.MaxBytes)
            throw new S3Exception(S3Errors.PolicyTooLarge);
        var document = Decode(body);
        var policy = PolicyParser.Parse(document);
        PolicyValidation.Check(policy, request.Bucket.Name);
        if (policy.IsPublic && request.BucketAccess.Blocks(PublicAccessBlock.BlockPublicPolicy))
            throw new S3Exception(S3Errors.AccessDenied);
        await request.ConfigureBucketAsync(BucketConfigurationName.Policy, document);
        await request.RespondAsync(StatusCodes.Status204NoContent);
    }

    private static string Decode(byte[] body)
    {
        try
        {
            return StrictUtf8.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            throw new S3Exception(S3Errors.MalformedPolicy, "This policy contains invalid Json");
        }
    }
}
