using CasStore.BlobCas.Storage;
using Microsoft.Win32.SafeHandles;

namespace CasStore.BlobCas.Packs;

/// <summary>The segment that is being written to.</summary>
internal sealed class ActiveSegment : IDisposable
{
    // So small that a store of few blobs takes little disk, so large that the file rarely grows.
    private const int GrowthStep = 4 << 20;

    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly int _size;
    private readonly ZeroedAhead _zeroed;
    private long _reserved;

    public ActiveSegment(Segment segment, SafeFileHandle file, string path, int size, BlockingCalls calls)
    {
        Segment = segment;
        _file = file;
        _path = path;
        _size = size;
        _zeroed = new ZeroedAhead(path, calls);
        _reserved = RandomAccess.GetLength(file);
    }

    public Segment Segment { get; }

    /// <summary>After a failed flush nobody knows what is on the device: nothing more is appended.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>
    /// Writes a batch and flushes once. When that fails, what was written is cut off again: none of it was
    /// acknowledged, and none of it may turn up later.
    /// </summary>
    public void Write(PackBatch batch)
    {
        var end = Segment.End + batch.Bytes.Length;
        try
        {
            if (end > _reserved)
                _reserved = Math.Max(_reserved, _zeroed.Settle());
            if (end > _reserved)
            {
                var step = Math.Max(end, Math.Min(_reserved + GrowthStep, _size)) - _reserved;
                Posix.Reserve(_file, _reserved, step);
                _reserved += step;
            }
            RandomAccess.Write(_file, batch.Bytes, Segment.End);
        }
        catch
        {
            CutOff();
            throw;
        }
        try
        {
            Posix.FlushData(_file, _path);
        }
        catch
        {
            IsBroken = true;
            CutOff();
            throw;
        }
        if (_reserved - end < GrowthStep / 2 && _reserved < _size)
            _zeroed.Begin(_reserved, Math.Min(GrowthStep, _size - _reserved));
    }

    /// <summary>Gives back what is reserved and not used.</summary>
    public void CutOff()
    {
        _zeroed.Settle();
        try
        {
            RandomAccess.SetLength(_file, Segment.End);
            _zeroed.Forget();
            _reserved = Segment.End;
        }
        catch (IOException)
        {
            // What cannot be cut off must not be appended to either; whoever failed before says why.
            IsBroken = true;
        }
    }

    /// <summary>Ends the writing: gives back what is worth it, and makes the index.</summary>
    public void Seal()
    {
        _reserved = Math.Max(_reserved, _zeroed.Settle());
        if (_reserved - Segment.End > GrowthStep / 4)
            CutOff();
        Segment.Seal();
    }

    public void Dispose()
    {
        _zeroed.Settle();
        _file.Dispose();
    }
}
