using CasStore.BlobCas.Storage;

namespace CasStore.BlobCas.Staging;

/// <summary>The bytes of a staged blob. Disposing it removes what it holds.</summary>
internal abstract class StagedBody : IDisposable
{
    protected StagedBody(string path) => Path = path;

    /// <summary>The staging file, from <see cref="Flush"/> on at the latest.</summary>
    protected string Path { get; }

    /// <summary>Whether there is a staging file.</summary>
    protected bool OnDisk { get; set; }

    /// <summary>Writes what is not yet written; the staging file is durable and closed when this returns.</summary>
    public abstract void Flush();

    /// <summary>Copies the bytes, all of which fit.</summary>
    public abstract void CopyTo(Span<byte> bytes);

    /// <summary>Makes the staging file a blob, over any that is there.</summary>
    public void MoveTo(string path)
    {
        File.Move(Path, path, overwrite: true);
        OnDisk = false;
    }

    public virtual void Dispose()
    {
        if (!OnDisk)
            return;
        OnDisk = false;
        Posix.Remove(Path);
    }
}
