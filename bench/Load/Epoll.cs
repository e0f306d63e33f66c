using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace CasStore.Bench.Load;

/// <summary>Linux's epoll, level-triggered, and the two calls on non-blocking sockets that go with it.</summary>
internal sealed partial class Epoll : IDisposable
{
    public const uint Readable = 1, Writable = 4;
    private const int Add = 1, Modify = 3, CloseOnExec = 0x80000, NoSignal = 0x4000;
    private const int Interrupted = 4, TryAgain = 11, MostEvents = 256;
    // The kernel's structure is packed on x86-64 only.
    private static readonly bool s_packed = RuntimeInformation.ProcessArchitecture == Architecture.X64;
    private static readonly int s_eventBytes = s_packed ? 12 : 16, s_dataAt = s_packed ? 4 : 8;
    private readonly byte[] _events = new byte[16 * MostEvents];
    private readonly int _handle = epoll_create1(CloseOnExec);

    public Epoll()
    {
        if (_handle < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    public void Watch(int socket, int id, uint events) => Control(Add, socket, id, events);

    public void Change(int socket, int id, uint events) => Control(Modify, socket, id, events);

    /// <summary>Waits for events, and returns how many there are: 0 if the time is over.</summary>
    public int Wait(int milliseconds)
    {
        var count = epoll_wait(_handle, _events, MostEvents, milliseconds);
        if (count < 0 && Marshal.GetLastPInvokeError() is var error && error != Interrupted)
            throw new Win32Exception(error);
        return Math.Max(count, 0);
    }

    /// <summary>One of the events that <see cref="Wait"/> found.</summary>
    public (int Id, uint Events) this[int index]
    {
        get
        {
            var at = _events.AsSpan(index * s_eventBytes);
            var id = BinaryPrimitives.ReadInt32LittleEndian(at[s_dataAt..]);
            return (id, BinaryPrimitives.ReadUInt32LittleEndian(at));
        }
    }

    /// <summary>Sends what fits; −1: nothing does now.</summary>
    /// <exception cref="IOException">The connection is of no more use.</exception>
    public static int Send(int socket, ReadOnlySpan<byte> bytes) =>
        Result(send(socket, bytes, (nuint)bytes.Length, NoSignal));

    /// <summary>Receives what is there; 0: the other side closed; −1: nothing is there now.</summary>
    /// <exception cref="IOException">The connection is of no more use.</exception>
    public static int Receive(int socket, Span<byte> buffer) =>
        Result(recv(socket, buffer, (nuint)buffer.Length, 0));

    public void Dispose() => _ = close(_handle);

    private static int Result(nint count)
    {
        if (count >= 0)
            return (int)count;
        var error = Marshal.GetLastPInvokeError();
        return error is TryAgain or Interrupted ? -1 : throw new IOException(Marshal.GetPInvokeErrorMessage(error));
    }

    private void Control(int operation, int socket, int id, uint events)
    {
        Span<byte> change = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(change, events);
        BinaryPrimitives.WriteInt32LittleEndian(change[s_dataAt..], id);
        if (epoll_ctl(_handle, operation, socket, change) < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int epoll_ctl(int epoll, int operation, int socket, Span<byte> change);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int epoll_wait(int epoll, byte[] events, int most, int milliseconds);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint send(int socket, ReadOnlySpan<byte> bytes, nuint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint recv(int socket, Span<byte> buffer, nuint length, int flags);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int close(int handle);
}
