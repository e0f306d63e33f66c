using System.Text;

namespace CasStore.Tests.PackWorkload;

/// <summary>
/// What was begun and what was acknowledged, a line each: a killed process's writes are in the page cache.
/// </summary>
public sealed class Journal(string path) : IDisposable
{
    private readonly FileStream _file = new(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
    private readonly Lock _gate = new();

    public void Write(string line)
    {
        lock (_gate)
            _file.Write(Encoding.ASCII.GetBytes(line + "\n"));
    }

    public void Dispose() => _file.Dispose();
}
