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

    /// <summary>Digest of an event: 32 bytes.</summary>
    public static byte[] Compute(
        RecordedEvent recorded, string type, int schemaVersion, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> payload)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(payload);
        Span<byte> inner = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(inner);

        Append(hash, recorded.Position);
        Append(hash, recorded.Stream);
        Append(hash, recorded.StreamVersion);
        Append(hash, type);
        Append(hash, schemaVersion);
        Append(hash, recorded.EventId);
        Append(hash, recorded.Command.CommandId);
        Append(hash, recorded.Command.Actor);
        Append(hash, recorded.Command.SourceAddress ?? "");
        Append(hash, recorded.OccurredAt.ToUnixTimeMicroseconds());
        hash.AppendData(inner);
        return hash.GetHashAndReset();
    }

    private static long ToUnixTimeMicroseconds(this DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static void Append(IncrementalHash hash, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        Append(hash, bytes.Length);
        hash.AppendData(bytes);
    }
}
