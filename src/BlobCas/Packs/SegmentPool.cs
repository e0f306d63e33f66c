using System.Collections.Concurrent;
using System.Security.Cryptography;
using CasStore.BlobCas.Storage;
using Microsoft.Win32.SafeHandles;

namespace CasStore.BlobCas.Packs;

/// <summary>
/// Files of freed segments. To write over blocks that were written before is the fastest there is, and to remove a
/// large file can hold up a disk's flushes for long: so files are used again, and what is too many goes when asked.
/// </summary>
internal sealed class SegmentPool
{
    private readonly PackLayout _layout;
    private readonly int _limit;
    private readonly ConcurrentQueue<string> _free;

    public SegmentPool(PackLayout layout, int limit)
    {
        _layout = layout;
        _limit = limit;
        _free = new(Directory.EnumerateFiles(layout.Free));
    }

    public string NewPath() => Path.Combine(
        _layout.Free, RandomNumberGenerator.GetHexString(16, lowercase: true) + PackLayout.PackSuffix);

    /// <summary>Takes back a file in the pool's directory that nobody reads any more.</summary>
    public void Add(string path) => _free.Enqueue(path);

    /// <summary>Makes a segment without records: its header is durable before the file has its name.</summary>
    public (SafeFileHandle File, ulong Incarnation) Take(ushort slot)
    {
        if (!_free.TryDequeue(out var path))
            path = NewPath();
        var file = Posix.OpenReadWrite(path, create: true);
        try
        {
            var incarnation = SegmentHeader.NewIncarnation();
            SegmentHeader.Write(file, incarnation);
            Posix.Flush(file, path);
            // Of an earlier segment, if a crash left them.
            if (Posix.Remove(_layout.IndexOf(slot)) | Posix.Remove(_layout.DeadOf(slot)))
                Posix.FlushDirectory(_layout.Root);
            File.Move(path, _layout.PackOf(slot), overwrite: true);
            Posix.FlushDirectory(_layout.Free);
            Posix.FlushDirectory(_layout.Root);
            return (file, incarnation);
        }
        catch
        {
            file.Dispose();
            if (File.Exists(path))
                Add(path);
            throw;
        }
    }

    /// <summary>Removes what is more than the limit; returns how many files.</summary>
    public int Trim(int? limit = null)
    {
        var removed = 0;
        while (_free.Count > (limit ?? _limit) && _free.TryDequeue(out var path))
        {
            Posix.Remove(path);
            removed++;
        }
        return removed;
    }
}
