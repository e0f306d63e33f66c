using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Clients;

public sealed class S3cmdTests : StoreTests
{
    [Fact]
    public async Task Puts_gets_lists_and_removes()
    {
        using var home = new ClientWorkspace();
        Configure(home);
        var bucket = UniqueName("s3cmd");
        await home.RunAsync("s3cmd", "mb", $"s3://{bucket}");
        home.Write("file", "hello");
        await home.RunAsync("s3cmd", "put", "file", $"s3://{bucket}/dir/a file.txt");
        (await home.RunAsync("s3cmd", "ls", "--recursive", $"s3://{bucket}")).ShouldContain("dir/a file.txt");
        await home.RunAsync("s3cmd", "get", $"s3://{bucket}/dir/a file.txt", "back");
        (await File.ReadAllTextAsync(home.File("back"))).ShouldBe("hello");
        (await home.RunAsync("s3cmd", "info", $"s3://{bucket}/dir/a file.txt"))
            .ShouldContain("5d41402abc4b2a76b9719d911017c592");
        await home.RunAsync("s3cmd", "cp", $"s3://{bucket}/dir/a file.txt", $"s3://{bucket}/copy");
        await home.RunAsync("s3cmd", "del", $"s3://{bucket}/dir/a file.txt");
        await home.RunAsync("s3cmd", "rb", "--recursive", "--force", $"s3://{bucket}");
        (await home.RunAsync("s3cmd", "ls")).ShouldNotContain(bucket);
    }

    [Fact]
    public async Task Syncs_awkward_names_both_ways()
    {
        using var home = new ClientWorkspace();
        Configure(home);
        var bucket = await NewBucketAsync();
        AwkwardTree.Write(home.File("tree"), 120);
        await home.RunAsync("s3cmd", "sync", "--no-progress", "tree/", $"s3://{bucket}/tree/");
        (await S3.ListAllAsync(bucket)).Count.ShouldBe(120);
        Directory.CreateDirectory(home.File("back"));
        await home.RunAsync("s3cmd", "sync", "--no-progress", $"s3://{bucket}/tree/", "back/");
        AwkwardTree.Read(home.File("back")).ShouldBe(AwkwardTree.Read(home.File("tree")));
    }

    [Fact]
    public async Task Uploads_in_parts()
    {
        using var home = new ClientWorkspace();
        Configure(home);
        var bucket = await NewBucketAsync();
        var bytes = TestData.Bytes(12 * 1024 * 1024, seed: 3);
        home.Write("large", bytes);
        await home.RunAsync(
            "s3cmd", "put", "--no-progress", "--multipart-chunk-size-mb=5", "large", $"s3://{bucket}/large");
        (await Raw.GetAsync($"/{bucket}/large")).Body.AsSpan().SequenceEqual(bytes).ShouldBeTrue();
    }

    private void Configure(ClientWorkspace home) => home.Write(".s3cfg",
        $"""
         [default]
         access_key = {ServerProcess.Root.AccessKey}
         secret_key = {ServerProcess.Root.SecretKey}
         host_base = {Server.Endpoint.Authority}
         host_bucket = {Server.Endpoint.Authority}
         bucket_location = {ServerProcess.Region}
         use_https = False
         signature_v2 = False
         """);
}
