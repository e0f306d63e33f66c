using Amazon.Runtime;
using Amazon.S3;

namespace CasStore.Tests.Integration.Harness;

/// <summary>Unmodified AWS SDK clients on a server.</summary>
internal static class S3Clients
{
    public static AmazonS3Client Create(Uri endpoint, Credentials who, int retries = 0) => new(
        new BasicAWSCredentials(who.AccessKey, who.SecretKey),
        new AmazonS3Config
        {
            ServiceURL = endpoint.ToString(),
            AuthenticationRegion = ServerProcess.Region,
            ForcePathStyle = true,
            UseHttp = true,
            MaxErrorRetry = retries,
            Timeout = TimeSpan.FromMinutes(2),
            MaxConnectionsPerServer = 128,
        });
}
