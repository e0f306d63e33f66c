using System.Security.Cryptography;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Clients;

public sealed class AwsCliTests : StoreTests
{
    [Fact]
    public async Task Makes_fills_lists_and_removes_a_bucket()
    {
        using var home = new ClientWorkspace();
        var bucket = UniqueName("aws");
        await AwsAsync(home, "s3", "mb", $"s3://{bucket}");
        (await AwsAsync(home, "s3", "ls")).ShouldContain(bucket);
        home.Write("file", "hello");
        await AwsAsync(home, "s3", "cp", "file", $"s3://{bucket}/dir/file.txt");
        var listing = await AwsAsync(home, "s3", "ls", "--recursive", $"s3://{bucket}");
        listing.ShouldContain("5 dir/file.txt");
        (await AwsAsync(home, "s3", "cp", $"s3://{bucket}/dir/file.txt", "-")).ShouldBe("hello");
        await AwsAsync(home, "s3", "mv", $"s3://{bucket}/dir/file.txt", $"s3://{bucket}/moved");
        await AwsAsync(home, 1, "s3", "rb", $"s3://{bucket}");
        await AwsAsync(home, "s3", "rm", "--recursive", $"s3://{bucket}");
        await AwsAsync(home, "s3", "rb", $"s3://{bucket}");
        (await AwsAsync(home, "s3", "ls")).ShouldNotContain(bucket);
    }

    [Fact]
    public async Task Copies_a_large_file_in_parts_both_ways()
    {
        using var home = new ClientWorkspace();
        var bucket = await NewBucketAsync();
        await using (var file = File.Create(home.File("large")))
        {
            await using var content = new RepeatingStream(64 * 1024 * 1024 + 12345, seed: 1);
            await content.CopyToAsync(file);
        }
        await AwsAsync(home, "s3", "cp", "--no-progress", "large", $"s3://{bucket}/large");
        var head = await S3.GetObjectMetadataAsync(bucket, "large");
        head.ETag.ShouldEndWith("-9\"");
        await AwsAsync(home, "s3", "cp", "--no-progress", $"s3://{bucket}/large", "back");
        Sha256(home.File("back")).ShouldBe(Sha256(home.File("large")));
        await Raw.SendAsync("DELETE", $"/{bucket}/large");
    }

    [Fact]
    public async Task Syncs_awkward_names_both_ways_without_a_difference()
    {
        using var home = new ClientWorkspace();
        var bucket = await NewBucketAsync();
        AwkwardTree.Write(home.File("tree"), 300);
        await AwsAsync(home, "s3", "sync", "--no-progress", "tree", $"s3://{bucket}/tree");
        (await AwsAsync(home, "s3", "sync", "--no-progress", "tree", $"s3://{bucket}/tree")).Trim().ShouldBeEmpty();
        await AwsAsync(home, "s3", "sync", "--no-progress", $"s3://{bucket}/tree", "back");
        AwkwardTree.Read(home.File("back")).ShouldBe(AwkwardTree.Read(home.File("tree")));
        (await AwsAsync(home, "s3", "ls", "--recursive", $"s3://{bucket}"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(300);
        await AwsAsync(home, "s3", "rm", "--recursive", "--only-show-errors", $"s3://{bucket}");
        (await S3.ListAllAsync(bucket)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("[default]\ns3 =\n    signature_version = s3v4\n")]
    public async Task Presigns_a_url_that_curl_opens(string configuration)
    {
        using var home = new ClientWorkspace();
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/a%20file%2Bplus", "content");
        // Version 1 of the CLI signs URLs for us-east-1 the old way (signature version 2) unless told.
        home.Environment["AWS_CONFIG_FILE"] = home.Write("config", configuration);
        var url = (await AwsAsync(home, "s3", "presign", $"s3://{bucket}/a file+plus", "--expires-in", "60")).Trim();
        (await home.RunAsync("curl", "-sS", "--fail", url)).ShouldBe("content");
    }

    [Fact]
    public async Task Calls_the_api_directly()
    {
        using var home = new ClientWorkspace();
        var bucket = await NewBucketAsync();
        home.Write("body", "0123456789");
        await AwsAsync(home, "s3api", "put-object", "--bucket", bucket, "--key", "key", "--body", "body",
            "--metadata", "a=b", "--checksum-algorithm", "SHA256");
        (await AwsAsync(home, "s3api", "head-object", "--bucket", bucket, "--key", "key", "--checksum-mode", "ENABLED"))
            .ShouldContain("ChecksumSHA256");
        await AwsAsync(home, "s3api", "get-object", "--bucket", bucket, "--key", "key", "--range", "bytes=2-4", "part");
        (await File.ReadAllTextAsync(home.File("part"))).ShouldBe("234");
        await AwsAsync(home, "s3api", "get-bucket-location", "--bucket", bucket);
        await AwsAsync(home, "s3api", "get-bucket-versioning", "--bucket", bucket);
        (await AwsAsync(home, ChildProcess.AnyFailure, "s3api", "get-object-torrent", "--bucket", bucket,
            "--key", "key", "torrent"))
            .ShouldContain("NotImplemented");
    }

    private Task<string> AwsAsync(ClientWorkspace home, params string[] arguments) => AwsAsync(home, 0, arguments);

    private Task<string> AwsAsync(ClientWorkspace home, int exitCode, params string[] arguments) => home.ExpectAsync(
        exitCode, "aws", ["--endpoint-url", Server.Endpoint.ToString(), .. arguments]);

    private static string Sha256(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexString(SHA256.HashData(file));
    }
}
