namespace CasStore.Tests.Integration.Clients;

/// <summary>A test that mounts a file system in user space: skipped where that is not allowed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FuseFactAttribute : FactAttribute
{
    private const string Device = "/dev/fuse";

    public FuseFactAttribute()
    {
        if (Environment.UserName != "root")
            Skip = "Mounting needs root.";
        else if (!CanOpen())
            Skip = $"{Device} is missing or may not be opened, as in most containers.";
    }

    private static bool CanOpen()
    {
        try
        {
            using var device = new FileStream(Device, FileMode.Open, FileAccess.ReadWrite);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
