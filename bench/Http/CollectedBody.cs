using System.Buffers;

namespace CasStore.Bench.Http;

/// <summary>A whole body in memory.</summary>
internal sealed class CollectedBody : IResponseBody
{
    private const int Largest = 16 * 1024 * 1024;
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    public void Clear() => _bytes.ResetWrittenCount();

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.WrittenCount + bytes.Length > Largest)
            throw new InvalidDataException("An answer as large as that was not expected.");
        _bytes.Write(bytes);
    }
}
