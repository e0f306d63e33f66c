using CasStore.BlobCas.Storage;
using Microsoft.Win32.SafeHandles;

namespace CasStore.BlobCas.Packs;

/// <summary>
/// The open files of one segment. All but <see cref="OpenIndex"/> is <see cref="OpenSegments"/>' to call.
/// </summary>
internal sealed class SegmentFiles(string packPath, string indexPath)
{
    private readonly Lock _gate = new();
    private SafeFileHandle? _index;

    /// <summary>Open while there is a lease.</summary>
    public SafeFileHandle? Pack { get; private set; }

    public int Leases { get; set; }

    /// <summary>
    /// What to do once nobody reads the segment any more; set when it is freed, and then no lease is given.
    /// </summary>
    public Action? WhenUnused { get; set; }

    /// <summary>The place among the open segments without a lease.</summary>
    public LinkedListNode<SegmentFiles>? Idle { get; set; }

    public void Open() => Pack ??= Posix.OpenRead(packPath);

    /// <summary>The index, opened when first asked for. The caller holds a lease.</summary>
    public SafeFileHandle OpenIndex()
    {
        lock (_gate)
            return _index ??= Posix.OpenRead(indexPath);
    }

    public void Close()
    {
        Pack?.Dispose();
        Pack = null;
        lock (_gate)
        {
            _index?.Dispose();
            _index = null;
        }
    }
}
