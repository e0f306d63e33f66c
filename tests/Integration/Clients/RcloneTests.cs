using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Clients;

public sealed class RcloneTests : StoreTests
{
    [Fact]
    public async Task Syncs_and_checks_awkward_names()
    {
        using var home = new ClientWorkspace();
        Configure(home);
        var bucket = UniqueName("rclone");
        AwkwardTree.Write(home.File("tree"), 300);
        await home.RunAsync("rclone", "mkdir", $"store:{bucket}");
        await home.RunAsync("rclone", "sync", "tree", $"store:{bucket}/tree");
        var check = await home.RunAsync("rclone", "check", "tree", $"store:{bucket}/tree");
        check.ShouldContain("0 differences found");
        await home.RunAsync("rclone", "sync", $"store:{bucket}/tree", "back");
        AwkwardTree.Read(home.File("back")).ShouldBe(AwkwardTree.Read(home.File("tree")));

        File.Delete(home.File("tree", "plain"));
        await home.RunAsync("rclone", "sync", "tree", $"store:{bucket}/tree");
        (await home.RunAsync("rclone", "check", "tree", $"store:{bucket}/tree")).ShouldContain("0 differences found");
        await home.RunAsync("rclone", "purge", $"store:{bucket}");
        (await Raw.SendAsync("HEAD", $"/{bucket}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Copies_a_large_file_in_parts()
    {
        using var home = new ClientWorkspace();
        Configure(home);
        var bucket = await NewBucketAsync();
        home.Write("large", TestData.Bytes(20 * 1024 * 1024 + 7, seed: 1));
        await home.RunAsync("rclone", "copy", "large", $"store:{bucket}",
            "--s3-upload-cutoff", "5M", "--s3-chunk-size", "5M");
        await home.RunAsync("rclone", "check", "--download", "--include", "large", ".", $"store:{bucket}");
    }

    [Fact]
    public async Task Shows_and_removes_old_versions()
    {
        using var home = new ClientWorkspace();
        Configure(home);
        var bucket = await NewBucketAsync();
        await home.RunAsync("rclone", "backend", "versioning", $"store:{bucket}", "Enabled");
        foreach (var text in new[] { "first", "second" })
        {
            home.Write("file.txt", text);
            await home.RunAsync("rclone", "copyto", "--ignore-times", "file.txt", $"store:{bucket}/file.txt");
        }
        (await home.RunAsync("rclone", "cat", $"store:{bucket}/file.txt")).ShouldBe("second");
        var names = (await home.RunAsync("rclone", "lsf", "--s3-versions", $"store:{bucket}"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        names.Length.ShouldBe(2);
        var old = names.Single(name => name != "file.txt");
        (await home.RunAsync("rclone", "cat", "--s3-versions", $"store:{bucket}/{old}")).ShouldBe("first");
        await home.RunAsync("rclone", "backend", "cleanup-hidden", $"store:{bucket}");
        (await home.RunAsync("rclone", "lsf", "--s3-versions", $"store:{bucket}")).Trim().ShouldBe("file.txt");
    }

    private void Configure(ClientWorkspace home) => home.Environment["RCLONE_CONFIG"] = home.Write("rclone.conf",
        $"""
         [store]
         type = s3
         provider = Other
         access_key_id = {ServerProcess.Root.AccessKey}
         secret_access_key = {ServerProcess.Root.SecretKey}
         endpoint = {Server.Endpoint}
         region = {ServerProcess.Region}
         """);
}
