namespace CasStore.BlobCas.Packs;

/// <summary>Where a record is in its segment: its number, and its offset in units of 64 bytes.</summary>
internal readonly record struct RecordPlace(uint Ordinal, uint Unit)
{
    public long Offset => (long)Unit * RecordHeader.UnitSize;
}
