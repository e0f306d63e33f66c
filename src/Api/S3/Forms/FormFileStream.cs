using System.Globalization;
using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Forms;

/// <summary>The file of a form, as long as the form's policy says.</summary>
public sealed class FormFileStream : Stream
{
    private readonly MultipartReader _reader;
    private long _length;

    internal FormFileStream(MultipartReader reader) => _reader = reader;

    /// <summary>Fewest bytes that it may have.</summary>
    public long Least { get; set; }

    /// <summary>Most bytes that it may have: 5 GiB, or less.</summary>
    public long Most { get; set; } = 5L << 30;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    /// <exception cref="S3Exception">EntityTooSmall, EntityTooLarge or MalformedPOSTRequest.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return 0;
        var read = await _reader.ReadAsync(buffer, cancellationToken);
        _length += read;
        if (_length > Most)
            throw WrongSize(S3Errors.EntityTooLarge, "MaxSizeAllowed", Most);
        if (read == 0 && _length < Least)
            throw WrongSize(S3Errors.EntityTooSmall, "MinSizeAllowed", Least);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    private S3Exception WrongSize(S3Error error, string limit, long allowed) => new(error, null,
        ("ProposedSize", _length.ToString(CultureInfo.InvariantCulture)),
        (limit, allowed.ToString(CultureInfo.InvariantCulture)));
}
