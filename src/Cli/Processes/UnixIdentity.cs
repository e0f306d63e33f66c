using System.Globalization;

namespace CasStore.Cli.Processes;

/// <summary>A user and its group, by number.</summary>
internal sealed record UnixIdentity(int UserId, int GroupId)
{
    /// <summary>The owner of a file or directory.</summary>
    public static async Task<UnixIdentity> OwnerOfAsync(string path, CancellationToken cancel)
    {
        var stat = await Tool.RunAsync(["stat", "-c", "%u %g", "--", path], cancel);
        var numbers = stat.RequireSuccess().Split(' ');
        return new UnixIdentity(Parse(numbers[0]), Parse(numbers[1]));
    }

    /// <summary>The user of that name, or null.</summary>
    public static async Task<UnixIdentity?> FindAsync(string name, CancellationToken cancel)
    {
        var user = await Tool.RunAsync(["id", "-u", name], cancel);
        if (user.ExitCode != 0)
            return null;
        var group = await Tool.RunAsync(["id", "-g", name], cancel);
        return new UnixIdentity(Parse(user.Output), Parse(group.RequireSuccess()));
    }

    /// <summary>The user that this process acts as.</summary>
    public static async Task<UnixIdentity> CurrentAsync(CancellationToken cancel)
    {
        var user = await Tool.RunAsync(["id", "-u"], cancel);
        var group = await Tool.RunAsync(["id", "-g"], cancel);
        return new UnixIdentity(Parse(user.RequireSuccess()), Parse(group.RequireSuccess()));
    }

    private static int Parse(string number) => int.Parse(number.Trim(), CultureInfo.InvariantCulture);
}
