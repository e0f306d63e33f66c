using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CasStore.Events.Log;

/// <summary>
/// The digest that commits to an event: <c>SHA-256(header ‖ SHA-256(salt ‖ payload))</c>. The inner digest can stand in
/// for an erased payload, and the salt keeps a short payload from being guessed from it. SHA-256 so that RFC 6962 tools
/// can check the tree that will be built over these.
/// </summary>
public static class EventDigest
{
    /// <summary>Length of a salt in bytes.</summary>
    public const int SaltSize = 16;

    /// <summary>About what the header of an event of an object takes.</summary>
    private const int HeaderSize = 256;

    /// <summary>Digest of an event: 32 bytes.</summary>
    public static byte[] Compute(
        RecordedEvent recorded, string type, int schemaVersion, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> payload)
    {
        // In one piece each: a hash that is fed in pieces costs several times as much, and this is done under the
        // log's lock.
        var bytes = new ArrayBufferWriter<byte>(salt.Length + payload.Length + HeaderSize);
        bytes.Write(salt);
        bytes.Write(payload);
        Span<byte> inner = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes.WrittenSpan, inner);

        bytes.ResetWrittenCount();
        Append(bytes, recorded.Position);
        Append(bytes, recorded.Stream);
        Append(bytes, recorded.StreamVersion);
        Append(bytes, type);
        Append(bytes, schemaVersion);
        Append(bytes, recorded.EventId);
        Append(bytes, recorded.Command.CommandId);
        Append(bytes, recorded.Command.Actor);
        Append(bytes, recorded.Command.SourceAddress ?? "");
        Append(bytes, recorded.OccurredAt.ToUnixTimeMicroseconds());
        bytes.Write(inner);
        return SHA256.HashData(bytes.WrittenSpan);
    }

    private static long ToUnixTimeMicroseconds(this DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static void Append(ArrayBufferWriter<byte> bytes, long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(bytes.GetSpan(sizeof(long)), value);
        bytes.Advance(sizeof(long));
    }

    private static void Append(ArrayBufferWriter<byte> bytes, Guid value)
    {
        value.TryWriteBytes(bytes.GetSpan(16), bigEndian: true, out var written);
        bytes.Advance(written);
    }

    private static void Append(ArrayBufferWriter<byte> bytes, string value)
    {
        Append(bytes, Encoding.UTF8.GetByteCount(value));
        bytes.Advance(Encoding.UTF8.GetBytes(value, bytes.GetSpan(Encoding.UTF8.GetMaxByteCount(value.Length))));
    }
}
