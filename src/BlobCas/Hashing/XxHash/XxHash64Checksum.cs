using System.Buffers.Binary;
using System.Numerics;

namespace CasStore.BlobCas.Hashing.XxHash;

/// <summary>XXH64 with seed 0.</summary>
internal sealed class XxHash64Checksum : Checksum
{
    private const int Stripe = 32;

    private readonly byte[] _pending = new byte[Stripe];
    private readonly ulong[] _lanes = new ulong[4];
    private int _count;
    private ulong _length;

    public XxHash64Checksum() => Start();

    public override void Append(ReadOnlySpan<byte> data)
    {
        _length += (ulong)data.Length;
        if (_count > 0)
        {
            var taken = Math.Min(Stripe - _count, data.Length);
            data[..taken].CopyTo(_pending.AsSpan(_count));
            data = data[taken..];
            _count += taken;
            if (_count < Stripe)
                return;
            Take(_pending);
        }
        for (; data.Length >= Stripe; data = data[Stripe..])
            Take(data);
        data.CopyTo(_pending);
        _count = data.Length;
    }

    public override byte[] Finish()
    {
        var hash = _length >= Stripe ? Converge() : XxMath.Prime64E;
        hash += _length;
        var rest = _pending.AsSpan(0, _count);
        for (; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
        {
            hash = (BitOperations.RotateLeft(hash ^ Round(0, XxMath.Read64(rest)), 27) * XxMath.Prime64A)
                + XxMath.Prime64D;
        }
        if (rest.Length >= sizeof(uint))
        {
            hash ^= XxMath.Read32(rest) * XxMath.Prime64A;
            hash = (BitOperations.RotateLeft(hash, 23) * XxMath.Prime64B) + XxMath.Prime64C;
            rest = rest[sizeof(uint)..];
        }
        foreach (var last in rest)
            hash = BitOperations.RotateLeft(hash ^ (last * XxMath.Prime64E), 11) * XxMath.Prime64A;
        var checksum = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(checksum, XxMath.Avalanche64(hash));
        Start();
        return checksum;
    }

    private static ulong Round(ulong lane, ulong input) =>
        BitOperations.RotateLeft(lane + (input * XxMath.Prime64B), 31) * XxMath.Prime64A;

    private void Start()
    {
        _lanes[0] = unchecked(XxMath.Prime64A + XxMath.Prime64B);
        _lanes[1] = XxMath.Prime64B;
        _lanes[2] = 0;
        _lanes[3] = unchecked(0 - XxMath.Prime64A);
        (_count, _length) = (0, 0);
    }

    private void Take(ReadOnlySpan<byte> stripe)
    {
        for (var i = 0; i < _lanes.Length; i++)
            _lanes[i] = Round(_lanes[i], XxMath.Read64(stripe, i * sizeof(ulong)));
    }

    private ulong Converge()
    {
        var hash = 0UL;
        for (var i = 0; i < _lanes.Length; i++)
            hash += BitOperations.RotateLeft(_lanes[i], i == 0 ? 1 : i == 1 ? 7 : i == 2 ? 12 : 18);
        foreach (var lane in _lanes)
            hash = ((hash ^ Round(0, lane)) * XxMath.Prime64A) + XxMath.Prime64D;
        return hash;
    }
}
