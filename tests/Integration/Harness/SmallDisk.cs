namespace CasStore.Tests.Integration.Harness;

/// <summary>
/// A data directory that refuses large files until there is room: a file system of 24 MiB nearly filled with ballast,
/// or, without the right to mount, the kernel's limit on the size of a file.
/// </summary>
internal sealed class SmallDisk : IDisposable
{
    private const int FileLimit = 2 * 1024 * 1024;
    private readonly TemporaryDirectory _directory = new();
    private bool _mounted;

    public string Path => _directory.Path;

    /// <summary>What the command line is put behind. A write must fail by an error, not by the signal.</summary>
    public IReadOnlyList<string> Wrapper => _mounted
        ? []
        // The runtime maps its code through a file that is longer than the limit, unless told.
        : [Executable.Find("env"), "--ignore-signal=XFSZ", "DOTNET_EnableWriteXorExecute=0",
            Executable.Find("prlimit"), $"--fsize={FileLimit}:unlimited"];

    private string Ballast => _directory.File("ballast");

    public static async Task<SmallDisk> MakeAsync()
    {
        var disk = new SmallDisk();
        if (Environment.UserName == "root")
        {
            await ChildProcess.RunAsync(
                [Executable.Find("mount"), "-t", "tmpfs", "-o", "size=24m,mode=0700", "tmpfs", disk.Path]);
            disk._mounted = true;
            await File.WriteAllBytesAsync(disk.Ballast, new byte[12 * 1024 * 1024]);
        }
        return disk;
    }

    public async Task MakeRoomAsync(ServerProcess server)
    {
        if (_mounted)
        {
            File.Delete(Ballast);
            return;
        }
        // The limit is the process's own and went with it if it was killed.
        if (!server.IsRunning)
            return;
        await ChildProcess.RunAsync(
            [Executable.Find("prlimit"), "--pid", $"{server.ProcessId}", "--fsize=unlimited:unlimited"]);
    }

    public async Task UnmountAsync()
    {
        if (_mounted)
            await ChildProcess.RunAsync([Executable.Find("umount"), "-l", Path]);
    }

    public void Dispose() => _directory.Dispose();
}
