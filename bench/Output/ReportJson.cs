using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CasStore.Bench.Listing;
using CasStore.Bench.Scale;

namespace CasStore.Bench.Output;

/// <summary>Writes and reads reports as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(FlushReport))]
[JsonSerializable(typeof(SuiteReport))]
[JsonSerializable(typeof(MemoryReport))]
[JsonSerializable(typeof(StartupReport))]
[JsonSerializable(typeof(PacksReport))]
[JsonSerializable(typeof(ListReport))]
[JsonSerializable(typeof(ScaleReport))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    public static void Write<T>(T report, JsonTypeInfo<T> type) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(report, type));
}
