namespace CasStore.Bench.Http;

/// <summary>Takes the bytes of an answer's body as they come.</summary>
internal interface IResponseBody
{
    void Write(ReadOnlySpan<byte> bytes);
}
