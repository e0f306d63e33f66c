using System.Buffers.Binary;

namespace CasStore.BlobCas.Hashing.XxHash;

/// <summary>XXH3 of 64 or 128 bits, with seed 0 and the default secret.</summary>
internal sealed class XxHash3Checksum : Checksum
{
    private const int Stripe = 64;
    private const int StripesOfBlock = 16;
    private const int Pending = 256;

    private readonly bool _wide;
    private readonly byte[] _pending = new byte[Pending];
    private readonly ulong[] _lanes = new ulong[8];
    private int _count;
    private int _stripeOfBlock;
    private ulong _length;

    public XxHash3Checksum(bool wide)
    {
        _wide = wide;
        Start();
    }

    /// <summary>
    /// Stripes are taken only when more follows: the last 64 bytes are mixed in apart, and stay at the end of what is
    /// pending even when fewer bytes than that are.
    /// </summary>
    public override void Append(ReadOnlySpan<byte> data)
    {
        _length += (ulong)data.Length;
        if (_count + data.Length <= Pending)
        {
            data.CopyTo(_pending.AsSpan(_count));
            _count += data.Length;
            return;
        }
        data[..(Pending - _count)].CopyTo(_pending.AsSpan(_count));
        data = data[(Pending - _count)..];
        TakeAll(_pending);
        var direct = (data.Length - 1) / Pending * Pending;
        if (direct > 0)
        {
            TakeAll(data[..direct]);
            data[(direct - Stripe)..direct].CopyTo(_pending.AsSpan(Pending - Stripe));
            data = data[direct..];
        }
        data.CopyTo(_pending);
        _count = data.Length;
    }

    public override byte[] Finish()
    {
        var checksum = new byte[_wide ? 16 : sizeof(ulong)];
        if (_wide)
            BinaryPrimitives.WriteUInt128BigEndian(checksum, FinishWide());
        else
            BinaryPrimitives.WriteUInt64BigEndian(checksum, FinishNarrow());
        Start();
        return checksum;
    }

    private ulong FinishNarrow()
    {
        if (_length <= XxHash3Short.MaxLength)
            return XxHash3Short.Hash(_pending.AsSpan(0, _count));
        TakeRest();
        return Merge(11, _length * XxMath.Prime64A);
    }

    private UInt128 FinishWide()
    {
        if (_length <= XxHash3Short.MaxLength)
            return XxHash128Short.Hash(_pending.AsSpan(0, _count));
        TakeRest();
        return new UInt128(Merge(117, ~(_length * XxMath.Prime64B)), Merge(11, _length * XxMath.Prime64A));
    }

    private void Start()
    {
        ReadOnlySpan<ulong> start =
        [
            XxMath.Prime32C, XxMath.Prime64A, XxMath.Prime64B, XxMath.Prime64C,
            XxMath.Prime64D, XxMath.Prime32B, XxMath.Prime64E, XxMath.Prime32A,
        ];
        start.CopyTo(_lanes);
        (_count, _stripeOfBlock, _length) = (0, 0, 0);
    }

    private void TakeAll(ReadOnlySpan<byte> stripes)
    {
        for (; stripes.Length >= Stripe; stripes = stripes[Stripe..])
        {
            Take(stripes, _stripeOfBlock * sizeof(ulong));
            if (++_stripeOfBlock < StripesOfBlock)
                continue;
            Scramble();
            _stripeOfBlock = 0;
        }
    }

    /// <summary>What is pending, and the last 64 bytes.</summary>
    private void TakeRest()
    {
        Span<byte> last = stackalloc byte[Stripe];
        var whole = (_count - 1) / Stripe * Stripe;
        TakeAll(_pending.AsSpan(0, whole));
        var earlier = Math.Max(0, Stripe - _count);
        _pending.AsSpan(Pending - earlier).CopyTo(last);
        _pending.AsSpan(_count - (Stripe - earlier), Stripe - earlier).CopyTo(last[earlier..]);
        Take(last, 121);
    }

    private void Take(ReadOnlySpan<byte> stripe, int secret)
    {
        var lanes = _lanes.AsSpan(0, 8);
        for (var i = 0; i < lanes.Length; i++)
        {
            var value = XxMath.Read64(stripe, i * sizeof(ulong));
            var keyed = value ^ XxMath.Read64(XxMath.Secret, secret + (i * sizeof(ulong)));
            lanes[i ^ 1] += value;
            lanes[i] += (uint)keyed * (keyed >> 32);
        }
    }

    private void Scramble()
    {
        for (var i = 0; i < _lanes.Length; i++)
        {
            var lane = _lanes[i];
            lane ^= (lane >> 47) ^ XxMath.Read64(XxMath.Secret, 128 + (i * sizeof(ulong)));
            _lanes[i] = lane * XxMath.Prime32A;
        }
    }

    private ulong Merge(int secret, ulong start)
    {
        for (var i = 0; i < _lanes.Length; i += 2)
        {
            start += XxMath.Fold(
                _lanes[i] ^ XxMath.Read64(XxMath.Secret, secret + (i * sizeof(ulong))),
                _lanes[i + 1] ^ XxMath.Read64(XxMath.Secret, secret + ((i + 1) * sizeof(ulong))));
        }
        return XxMath.Avalanche(start);
    }
}
