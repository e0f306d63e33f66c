using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CasStore.Bench.Peers;

/// <summary>The keys by which a cluster's daemons know each other, in Ceph's own file format.</summary>
internal static class CephKeyring
{
    private const int KeySize = 16, HeaderSize = 12;

    public static string Generate() =>
        Entry("mon.", ("mon", "allow *")) +
        Entry("client.admin", ("mon", "allow *"), ("mgr", "allow *"), ("osd", "allow *")) +
        Entry("mgr.x", ("mon", "allow profile mgr"), ("osd", "allow *")) +
        Entry("osd.0", ("mon", "allow profile osd"), ("mgr", "allow profile osd"), ("osd", "allow *")) +
        Entry("client.rgw", ("mon", "allow rw"), ("mgr", "allow rw"), ("osd", "allow rwx"));

    private static string Entry(string name, params (string Service, string Rights)[] capabilities) =>
        $"[{name}]\n\tkey = {NewKey()}\n" +
        string.Concat(capabilities.Select(allowed => $"\tcaps {allowed.Service} = \"{allowed.Rights}\"\n"));

    // Type (1: AES), seconds and nanoseconds of its making, length, key; little-endian.
    private static string NewKey()
    {
        var bytes = new byte[HeaderSize + KeySize];
        BinaryPrimitives.WriteInt16LittleEndian(bytes, 1);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(2), (int)DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(10), KeySize);
        RandomNumberGenerator.Fill(bytes.AsSpan(HeaderSize));
        return Convert.ToBase64String(bytes);
    }
}
