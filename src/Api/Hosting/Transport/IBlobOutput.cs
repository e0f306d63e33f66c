using CasStore.BlobCas;

namespace CasStore.Api.Hosting.Transport;

/// <summary>A connection that sends bytes of blobs straight from the page cache.</summary>
internal interface IBlobOutput
{
    /// <summary>
    /// Makes the next memory that is got from the output, if it is got for exactly so many bytes, stand for bytes of a
    /// blob. They are sent by the flush, until which the reader must live.
    /// </summary>
    void Announce(BlobReader reader, long offset, int count);

    /// <summary>
    /// Whether memory is what was announced: then it is advanced over and flushed, but not written to. Else nothing is
    /// announced any more, and it is memory like any other.
    /// </summary>
    bool Accepts(Memory<byte> memory);
}
