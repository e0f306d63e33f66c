using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Clients;

public sealed class ResticTests : StoreTests
{
    [Fact]
    public async Task Backs_up_checks_restores_and_prunes()
    {
        using var home = new ClientWorkspace();
        var bucket = await NewBucketAsync();
        home.Environment["RESTIC_REPOSITORY"] = $"s3:{Server.Endpoint}{bucket}/repository";
        home.Environment["RESTIC_PASSWORD"] = "password";
        AwkwardTree.Write(home.File("tree"), 300);
        home.Write("tree/large", TestData.Bytes(20 * 1024 * 1024 + 7, seed: 6));
        await home.RunAsync("restic", "init");
        await home.RunAsync("restic", "backup", "tree");
        File.Delete(home.File("tree", "large"));
        home.Write("tree/plain", "changed");
        await home.RunAsync("restic", "backup", "tree");
        (await home.RunAsync("restic", "check", "--read-data")).ShouldContain("no errors were found");

        await home.RunAsync("restic", "restore", "latest", "--target", home.File("back"));
        AwkwardTree.Read(home.File("back", "tree")).ShouldBe(AwkwardTree.Read(home.File("tree")));
        await home.RunAsync("restic", "forget", "--keep-last", "1", "--prune");
        (await home.RunAsync("restic", "check", "--read-data")).ShouldContain("no errors were found");
        // The large file was in the forgotten snapshot only.
        (await S3.ListAllAsync(bucket)).Sum(found => found.Size ?? 0).ShouldBeLessThan(20 * 1024 * 1024);
    }
}
