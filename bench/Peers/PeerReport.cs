using System.Text.Json.Serialization;

namespace CasStore.Bench.Peers;

/// <summary>A running peer as JSON, a line each.</summary>
internal sealed record PeerReport(
    string Name, string Version, string Endpoint, string AccessKey, string SecretKey, IReadOnlyList<int> ProcessIds);

/// <summary>Writes it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PeerReport))]
internal sealed partial class PeerJson : JsonSerializerContext;
