using Amazon.S3.Transfer;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Clients;

public sealed class SdkTransferTests : StoreTests
{
    [Fact]
    public async Task Uploads_in_parts_and_downloads()
    {
        using var home = new ClientWorkspace();
        var bucket = await NewBucketAsync();
        var bytes = TestData.Bytes(18 * 1024 * 1024 + 3, seed: 1);
        home.Write("large", bytes);
        using var transfer = new TransferUtility(S3, new TransferUtilityConfig { MinSizeBeforePartUpload = 6 << 20 });
        await transfer.UploadAsync(new TransferUtilityUploadRequest
        {
            BucketName = bucket,
            Key = "large",
            FilePath = home.File("large"),
            PartSize = 6 << 20,
        });
        (await S3.GetObjectMetadataAsync(bucket, "large")).ETag.ShouldEndWith("-4\"");
        await transfer.DownloadAsync(home.File("back"), bucket, "large");
        (await File.ReadAllBytesAsync(home.File("back"))).AsSpan().SequenceEqual(bytes).ShouldBeTrue();
    }

    [Fact]
    public async Task Uploads_a_directory()
    {
        using var home = new ClientWorkspace();
        var bucket = await NewBucketAsync();
        AwkwardTree.Write(home.File("tree"), 60);
        using var transfer = new TransferUtility(S3);
        await transfer.UploadDirectoryAsync(home.File("tree"), bucket, "*", SearchOption.AllDirectories);
        (await S3.ListAllAsync(bucket)).ToDictionary(o => o.Key, o => o.ETag.Trim('"'))
            .OrderBy(o => o.Key, StringComparer.Ordinal).ShouldBe(AwkwardTree.Read(home.File("tree")));
    }
}
