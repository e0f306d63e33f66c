namespace CasStore.BlobCas.Hashing;

/// <summary>The widest instructions a hasher may use.</summary>
internal enum Blake3Level
{
    Portable,
    Avx2,
    Avx512,
}
