using System.Text;

namespace CasStore.Bench.Http;

/// <summary>An answer; the body is valid until the connection's next request.</summary>
internal readonly record struct S3Response(int Status, ReadOnlyMemory<byte> Body)
{
    public string Text => Encoding.UTF8.GetString(Body.Span);
}
