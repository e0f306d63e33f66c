namespace CasStore.Api.Telemetry;

/// <summary>A file that is set aside as <c>NAME.1</c> when it is full; a few of those are kept.</summary>
internal sealed class RotatingFile(string path, long rotateAt, int kept) : IDisposable
{
    private FileStream? _file;

    /// <summary>Appends. After a failure the next call starts with a new handle.</summary>
    /// <exception cref="IOException">The disk did not take the bytes.</exception>
    public async Task AppendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            _file ??= new FileStream(
                path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            await _file.WriteAsync(bytes);
            if (_file.Length >= rotateAt)
                Rotate();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private void Rotate()
    {
        Dispose();
        for (var n = kept - 1; n >= 1; n--)
        {
            if (File.Exists($"{path}.{n}"))
                File.Move($"{path}.{n}", $"{path}.{n + 1}", overwrite: true);
        }
        File.Move(path, $"{path}.1", overwrite: true);
    }
}
