namespace CasStore.BlobCas.Hashing;

/// <summary>The widest instructions that MD5 may use.</summary>
internal enum Md5Level
{
    Portable,
    Avx2,
    Avx512,
}
