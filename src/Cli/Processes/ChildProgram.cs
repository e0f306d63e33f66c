namespace CasStore.Cli.Processes;

/// <summary>What to start: the whole command line, and what its environment has beside ours (null removes).</summary>
internal sealed record ChildProgram(
    IReadOnlyList<string> Command, IReadOnlyDictionary<string, string?> Environment)
{
    /// <summary>The command line prefix by which the kernel signals the program when we die.</summary>
    public static string[] EndsWithUs(UnixSignal signal, UnixIdentity? identity = null)
    {
        string[] privileges = identity is null
            ? []
            : [$"--reuid={identity.UserId}", $"--regid={identity.GroupId}", "--init-groups"];
        return ["setpriv", .. privileges, $"--pdeathsig={NameOf(signal)}", "--"];
    }

    private static string NameOf(UnixSignal signal) => signal switch
    {
        UnixSignal.Interrupt => "INT",
        UnixSignal.Quit => "QUIT",
        UnixSignal.Kill => "KILL",
        _ => "TERM",
    };
}
