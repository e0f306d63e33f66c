using CasStore.BlobCas.Storage;

namespace CasStore.BlobCas;

/// <summary>The device, or the owner's quota on it, has no room for the blob.</summary>
public sealed class DiskFullException : IOException
{
    private DiskFullException(IOException cause)
        : base($"The disk is full: {cause.Message}", cause) => HResult = cause.HResult;

    internal static bool IsCause(IOException e) => e.HResult is Posix.NoSpace or Posix.QuotaExceeded;

    internal static DiskFullException Of(IOException cause) => new(cause);
}
