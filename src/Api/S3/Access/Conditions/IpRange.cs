using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CasStore.Api.S3.Access.Conditions;

/// <summary>A range of IP addresses in CIDR notation; a bare address is a range of one.</summary>
public sealed class IpRange
{
    private readonly byte[] _network;

    private IpRange(byte[] network, int bits)
    {
        _network = network;
        Bits = bits;
    }

    /// <summary>Leading bits that all its addresses share.</summary>
    public int Bits { get; }

    public bool IsIPv4 => _network.Length == 4;

    /// <summary>The range, or null for what is none.</summary>
    public static IpRange? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? text : text[..slash], out var address) || address.ScopeIdOrZero() != 0)
            return null;
        var bytes = address.GetAddressBytes();
        // IPAddress takes "1" and "0x7f.1" for addresses; a policy means four numbers.
        if (bytes.Length == 4 && text.AsSpan(0, slash < 0 ? text.Length : slash).Count('.') != 3)
            return null;
        var bits = bytes.Length * 8;
        if (slash >= 0 && (!int.TryParse(
            text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out bits)
            || bits > bytes.Length * 8))
        {
            return null;
        }
        return new IpRange(bytes, bits);
    }

    /// <summary>Whether it has an address; IPv4 in IPv6's form is IPv4.</summary>
    public bool Contains(IPAddress address)
    {
        var bytes = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
        return bytes.Length == _network.Length && SharesBits(bytes, _network, Bits);
    }

    /// <summary>Whether all its addresses are in another range.</summary>
    public bool IsWithin(IpRange other) => _network.Length == other._network.Length && Bits >= other.Bits
        && SharesBits(_network, other._network, other.Bits);

    private static bool SharesBits(byte[] left, byte[] right, int bits)
    {
        for (var i = 0; i < bits; i++)
        {
            var mask = 0x80 >> (i % 8);
            if ((left[i / 8] & mask) != (right[i / 8] & mask))
                return false;
        }
        return true;
    }
}

/// <summary>The zone of an IPv6 address, which a policy cannot mean.</summary>
file static class AddressScope
{
    public static long ScopeIdOrZero(this IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? address.ScopeId : 0;
}
