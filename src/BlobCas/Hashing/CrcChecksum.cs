namespace CasStore.BlobCas.Hashing;

internal sealed class CrcChecksum : Checksum
{
    private readonly ReflectedCrc _crc;
    private ulong _register;

    public CrcChecksum(ReflectedCrc crc)
    {
        _crc = crc;
        _register = crc.Start;
    }

    public override void Append(ReadOnlySpan<byte> data) => _register = _crc.Append(_register, data);

    public override byte[] Finish()
    {
        var checksum = CrcCombine.ToBytes(_crc.Finish(_register), _crc.Size);
        _register = _crc.Start;
        return checksum;
    }
}
