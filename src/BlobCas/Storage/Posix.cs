using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CasStore.BlobCas.Storage;

/// <summary>
/// The system calls that the framework does not offer: opening directories, and files by mode without advisory locks.
/// Exceptions carry the error number as their <see cref="Exception.HResult"/>, as the framework's own do.
/// </summary>
internal static unsafe partial class Posix
{
    public const int NoSuchFile = 2;
    public const int Interrupted = 4;
    public const int WouldBlock = 11;
    public const int InvalidArgument = 22;
    public const int NoSpace = 28;
    public const int QuotaExceeded = 122;

    private const int ReadOnly = 0;
    private const int ReadAndWrite = 2;
    private const int Create = 0x40;
    private const int Exclusive = 0x80;
    private const int CloseOnExec = 0x80000;
    private const uint OwnerReadWrite = 0x180;
    private const int NoWait = 8;
    private const uint StartWriteOnly = 2;
    private const int SetFlags = 4;

    private static readonly int Direct =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x10000 : 0x4000;

    /// <summary>Opens a file or directory for reading.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static SafeFileHandle OpenRead(string path) => OpenFile(path, ReadOnly | CloseOnExec);

    /// <summary>Makes a file (mode 0600) that must not exist yet.</summary>
    public static SafeFileHandle CreateNew(string path) =>
        OpenFile(path, ReadAndWrite | Create | Exclusive | CloseOnExec);

    /// <summary>Opens a file (mode 0600) for reading and writing, and makes it if asked.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static SafeFileHandle OpenReadWrite(string path, bool create) =>
        OpenFile(path, ReadAndWrite | (create ? Create : 0) | CloseOnExec);

    /// <summary>Removes a file; false when there was none.</summary>
    public static bool Remove(string path)
    {
        if (Unlink(path) == 0)
            return true;
        var error = Marshal.GetLastPInvokeError();
        return error == NoSuchFile ? false : throw Failure("remove", path, error);
    }

    /// <summary>
    /// Reads what the page cache has at the offset, without waiting for the disk. Returns the bytes read; 0 or less
    /// means that only an ordinary read can tell: not cached, at the end, or an error.
    /// </summary>
    public static int ReadCached(SafeFileHandle file, Span<byte> buffer, long offset)
    {
        fixed (byte* start = buffer)
        {
            var vector = new IoVector { Start = start, Length = (nuint)buffer.Length };
            return (int)ReadVector(file, &vector, 1, offset, NoWait);
        }
    }

    /// <summary>
    /// Sends a file's bytes to a socket without copying them. Returns the bytes sent; 0 means that only an ordinary
    /// send can tell: the socket would block, the file ends, or an error.
    /// </summary>
    public static int SendFile(SafeHandle socket, SafeFileHandle file, long offset, int count) =>
        (int)Math.Max(SendFile(socket, file, ref offset, (nuint)count), 0);

    /// <summary>
    /// Has the kernel begin to write a range, so that a later flush waits for less; that flush tells what failed.
    /// </summary>
    public static void BeginWrite(SafeFileHandle file, long offset, long length) =>
        _ = SyncFileRange(file, offset, length, StartWriteOnly);

    /// <summary>
    /// Has reads and writes of a file go past the page cache, or not any more; false when its file system refuses.
    /// </summary>
    public static bool TrySetDirect(SafeFileHandle file, bool direct) =>
        ControlFile(file, SetFlags, direct ? Direct : 0) == 0;

    /// <summary>Reserves room for a range. Where it cannot, the write to come tells why.</summary>
    public static void Reserve(SafeFileHandle file, long offset, long length) =>
        _ = Allocate(file, 0, offset, length);

    /// <summary>Flushes a file's bytes, and of its metadata what is needed to read them.</summary>
    public static void FlushData(SafeFileHandle file, string path)
    {
        while (SyncData(file) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
                throw Failure("flush", path, error);
        }
    }

    /// <summary>Flushes an open file's or directory's contents to the device.</summary>
    public static void Flush(SafeFileHandle handle, string path)
    {
        try
        {
            RandomAccess.FlushToDisk(handle);
        }
        catch (IOException e)
        {
            throw new IOException($"Cannot flush '{path}': {e.Message}", e.HResult);
        }
    }

    /// <summary>Makes what was created, renamed or removed in a directory durable.</summary>
    public static void FlushDirectory(string path)
    {
        using var directory = OpenRead(path);
        Flush(directory, path);
    }

    private static SafeFileHandle OpenFile(string path, int flags)
    {
        var descriptor = Open(path, flags, OwnerReadWrite);
        if (descriptor >= 0)
            return new SafeFileHandle(descriptor, ownsHandle: true);
        var error = Marshal.GetLastPInvokeError();
        throw error == NoSuchFile
            ? new FileNotFoundException($"There is no '{path}'.", path)
            : Failure("open", path, error);
    }

    private static IOException Failure(string action, string path, int error) =>
        new($"Cannot {action} '{path}': {Marshal.GetPInvokeErrorMessage(error)}.", error);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "preadv2")]
    private static partial nint ReadVector(SafeFileHandle file, IoVector* vectors, int count, long offset, int flags);

    [LibraryImport("libc", EntryPoint = "sendfile64")]
    private static partial nint SendFile(SafeHandle socket, SafeFileHandle file, ref long offset, nuint count);

    [LibraryImport("libc", EntryPoint = "sync_file_range")]
    private static partial int SyncFileRange(SafeFileHandle file, long offset, long length, uint flags);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int ControlFile(SafeFileHandle file, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "fallocate")]
    private static partial int Allocate(SafeFileHandle file, int mode, long offset, long length);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int SyncData(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "unlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unlink(string path);

    [StructLayout(LayoutKind.Sequential)]
    private struct IoVector
    {
        public byte* Start;
        public nuint Length;
    }
}
