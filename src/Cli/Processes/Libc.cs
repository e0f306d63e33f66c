using System.ComponentModel;
using System.Runtime.InteropServices;

namespace CasStore.Cli.Processes;

/// <summary>What .NET does not offer of Linux.</summary>
internal static partial class Libc
{
    private const int NoSuchProcess = 3;

    /// <summary>Sends a signal; false when the process is gone.</summary>
    /// <exception cref="Win32Exception">The process belongs to someone else.</exception>
    public static bool Signal(int processId, UnixSignal signal)
    {
        if (Kill(processId, (int)signal) == 0)
            return true;
        var error = Marshal.GetLastPInvokeError();
        return error == NoSuchProcess ? false : throw new Win32Exception(error);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);
}

/// <summary>Signals by their numbers on Linux.</summary>
internal enum UnixSignal
{
    Interrupt = 2,
    Quit = 3,
    Kill = 9,
    Terminate = 15,
}
