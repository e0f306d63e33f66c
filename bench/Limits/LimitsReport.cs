using System.Text.Json.Serialization;

namespace CasStore.Bench.Limits;

/// <summary>One figure of what this machine allows.</summary>
/// <param name="Group">Disk, Log, Hash, Http or Nginx.</param>
/// <param name="Name">What was measured.</param>
/// <param name="Value">How much.</param>
/// <param name="Unit">Of what.</param>
internal sealed record Limit(string Group, string Name, double Value, string Unit);

/// <summary><c>bench limits</c>.</summary>
/// <param name="Processors">Shared by all that was measured.</param>
/// <param name="FileSystem">Of the directory that was chosen.</param>
/// <param name="Limits">The figures.</param>
/// <param name="Missing">What was not measured, and why.</param>
internal sealed record LimitsReport(
    int Processors, string FileSystem, IReadOnlyList<Limit> Limits, IReadOnlyList<string> Missing);

/// <summary>Writes it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(LimitsReport))]
internal sealed partial class LimitsJson : JsonSerializerContext;
