using System.Buffers;
using System.Text;

namespace CasStore.Api.S3.Authentication;

/// <summary>Bytes written one after the other into a pooled buffer.</summary>
internal sealed class Utf8Writer : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1024);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public override string ToString() => Encoding.UTF8.GetString(Written);

    /// <summary>The bytes in hexadecimal, with spaces between them, as S3 tells them in errors.</summary>
    public string ToHexBytes()
    {
        var text = new StringBuilder(Length * 3);
        foreach (var value in Written)
            text.Append(text.Length == 0 ? "" : " ").Append(Convert.ToHexStringLower([value]));
        return text.ToString();
    }

    public void Write(byte value)
    {
        Ensure(1);
        _buffer[Length++] = value;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Ensure(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(Length));
        Length += bytes.Length;
    }

    public void Write(ReadOnlySpan<char> text)
    {
        Ensure(Encoding.UTF8.GetMaxByteCount(text.Length));
        Length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(Length));
    }

    /// <summary>Writes ASCII letters in lower case.</summary>
    public void WriteLower(ReadOnlySpan<char> text)
    {
        var start = Length;
        Write(text);
        foreach (ref var value in _buffer.AsSpan(start, Length - start))
        {
            if (value is >= (byte)'A' and <= (byte)'Z')
                value |= 0x20;
        }
    }

    /// <summary>Writes bytes as lower-case hexadecimal digits.</summary>
    public void WriteHex(ReadOnlySpan<byte> bytes)
    {
        Ensure(bytes.Length * 2);
        foreach (var value in bytes)
        {
            _buffer[Length++] = "0123456789abcdef"u8[value >> 4];
            _buffer[Length++] = "0123456789abcdef"u8[value & 15];
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        Length = 0;
    }

    private void Ensure(int more)
    {
        if (_buffer.Length - Length >= more)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, checked(Length + more)));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
