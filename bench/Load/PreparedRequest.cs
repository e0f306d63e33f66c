namespace CasStore.Bench.Load;

/// <summary>A request whose head is signed: only its body's stamp is written while the clock runs.</summary>
/// <param name="Operation">What it asks.</param>
/// <param name="Head">Up to the empty line.</param>
/// <param name="Content">Number of the content that it sends, or that its answer must be; −1: none known.</param>
/// <param name="Expected">Bytes of the object that a GET or HEAD is of; keys that a LIST must have.</param>
internal sealed record PreparedRequest(Operation Operation, byte[] Head, long Content, long Expected);
