using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Clients;

/// <summary>A home directory with files for a command-line client, and the client's runs in it.</summary>
internal sealed class ClientWorkspace : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    /// <summary>Variables for every run beside HOME; null takes one away.</summary>
    public Dictionary<string, string?> Environment { get; } = new(StringComparer.Ordinal)
    {
        ["LC_ALL"] = "C.UTF-8",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_ACCESS_KEY_ID"] = ServerProcess.Root.AccessKey,
        ["AWS_SECRET_ACCESS_KEY"] = ServerProcess.Root.SecretKey,
        ["AWS_DEFAULT_REGION"] = ServerProcess.Region,
        ["AWS_CONFIG_FILE"] = "",
        ["AWS_PAGER"] = "",
    };

    public string File(params string[] parts) => _directory.File(parts);

    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    public string Write(string name, byte[] bytes)
    {
        System.IO.File.WriteAllBytes(File(name), bytes);
        return File(name);
    }

    public Task<string> RunAsync(string program, params string[] arguments) => ExpectAsync(0, program, arguments);

    public Task<string> ExpectAsync(int exitCode, string program, params string[] arguments) =>
        ChildProcess.RunAsync([Executable.Find(program), .. arguments], Prepared(),
            directory: _directory.Path, exitCode: exitCode);

    /// <summary>Starts a client and does not wait for it.</summary>
    public Task<ChildProcess> StartAsync(string program, params string[] arguments) =>
        ChildProcess.StartAsync(
            [Executable.Find(program), .. arguments], Prepared(), directory: _directory.Path);

    private Dictionary<string, string?> Prepared()
    {
        Environment["HOME"] = _directory.Path;
        // Whatever this machine tells its own AWS clients is not for these.
        foreach (var name in System.Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(IsForeign))
            Environment.TryAdd(name, null);
        return Environment;
    }

    private static bool IsForeign(string name) =>
        name.StartsWith("AWS_", StringComparison.Ordinal) || name.StartsWith("RCLONE_", StringComparison.Ordinal)
        || name.StartsWith("RESTIC_", StringComparison.Ordinal)
        || name.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase);

    public void Dispose() => _directory.Dispose();
}
