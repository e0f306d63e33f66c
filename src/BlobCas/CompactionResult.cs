namespace CasStore.BlobCas;

/// <summary>What a compaction did.</summary>
/// <param name="SegmentsFreed">Segments whose space can be used again.</param>
/// <param name="BytesMoved">Bytes written to do so.</param>
/// <param name="Damaged">Why segments stayed: a message for each, of the first damaged blob in it.</param>
public sealed record CompactionResult(int SegmentsFreed, long BytesMoved, IReadOnlyList<string> Damaged);
