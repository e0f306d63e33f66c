using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Clients;

public sealed class S3fsTests : StoreTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [FuseFact]
    public async Task Files_of_a_mounted_bucket_outlive_the_mount()
    {
        using var home = new ClientWorkspace();
        var bucket = await NewBucketAsync();
        var mount = Directory.CreateDirectory(home.File("mount")).FullName;
        var large = TestData.Bytes(25 * 1024 * 1024, seed: 7);
        await MountedAsync(home, bucket, mount, () =>
        {
            Directory.CreateDirectory(Path.Combine(mount, "dir"));
            File.WriteAllText(Path.Combine(mount, "dir", "one"), "text");
            File.WriteAllBytes(Path.Combine(mount, "large"), large);
            File.Move(Path.Combine(mount, "dir", "one"), Path.Combine(mount, "dir", "two"));
            File.AppendAllText(Path.Combine(mount, "dir", "two"), " and more");
            File.WriteAllText(Path.Combine(mount, "gone"), "");
            File.Delete(Path.Combine(mount, "gone"));
        });
        (await Raw.GetAsync($"/{bucket}/dir/two")).ShouldBe(200).Text.ShouldBe("text and more");
        await MountedAsync(home, bucket, mount, () =>
        {
            Directory.GetFileSystemEntries(mount).Select(Path.GetFileName).Order(StringComparer.Ordinal)
                .ShouldBe(["dir", "large"]);
            File.ReadAllText(Path.Combine(mount, "dir", "two")).ShouldBe("text and more");
            File.ReadAllBytes(Path.Combine(mount, "large")).AsSpan().SequenceEqual(large).ShouldBeTrue();
        });
    }

    private async Task MountedAsync(ClientWorkspace home, string bucket, string mount, Action use)
    {
        // In the foreground, so that it ends with the tests.
        using var s3fs = await ChildProcess.StartAsync(
            [
                Executable.Find("s3fs"), bucket, mount, "-f", "-o", $"url={Server.Endpoint}", "-o",
                "use_path_request_style", "-o", $"endpoint={ServerProcess.Region}",
            ],
            new Dictionary<string, string?>(home.Environment, StringComparer.Ordinal)
            {
                ["AWSACCESSKEYID"] = ServerProcess.Root.AccessKey,
                ["AWSSECRETACCESSKEY"] = ServerProcess.Root.SecretKey,
            });
        try
        {
            await WaitUntilMountedAsync(mount, s3fs);
            await Task.Run(use);
        }
        finally
        {
            await UnmountAsync(mount);
        }
    }

    /// <summary>Without -l, so that what is still being written is written first; until then it is busy.</summary>
    private static async Task UnmountAsync(string mount)
    {
        for (var deadline = DateTime.UtcNow + Patience; ; await Task.Delay(100))
        {
            using var umount = await ChildProcess.StartAsync([Executable.Find("umount"), mount]);
            await umount.WaitForExitAsync(Patience);
            if (umount.ExitCode == 0)
                return;
            if (DateTime.UtcNow > deadline)
            {
                // A mount whose program is gone would be left over for ever.
                await ChildProcess.RunAsync([Executable.Find("umount"), "-l", mount]);
                throw new InvalidOperationException($"The mount is not let go:\n{umount.Output}");
            }
        }
    }

    private static async Task WaitUntilMountedAsync(string mount, ChildProcess s3fs)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (!(await File.ReadAllTextAsync("/proc/self/mounts")).Contains($" {mount} ", StringComparison.Ordinal))
        {
            if (s3fs.HasExited || DateTime.UtcNow > deadline)
                throw new InvalidOperationException($"s3fs did not mount:\n{s3fs.Output}");
            await Task.Delay(20);
        }
    }
}
