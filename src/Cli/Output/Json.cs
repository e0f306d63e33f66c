using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace CasStore.Cli.Output;

/// <summary>A user, as <c>--json</c> shows it.</summary>
internal sealed record UserOutput(string Name, string CanonicalId, string DisplayName, string? Email);

/// <summary>A user that was added, with its first access key.</summary>
internal sealed record UserAddedOutput(
    string Name, string CanonicalId, string DisplayName, string? Email, string AccessKey, string SecretKey);

/// <summary>A user that is gone.</summary>
internal sealed record UserRemovedOutput(string Name, bool Removed);

/// <summary>An access key, as <c>--json</c> shows it.</summary>
internal sealed record KeyOutput(string AccessKey, string User, bool Active, DateTimeOffset CreatedAt);

/// <summary>An access key that was made; the only time that its secret is shown.</summary>
internal sealed record KeyCreatedOutput(string AccessKey, string SecretKey, string User, string? Replaces);

/// <summary>What became of an access key.</summary>
internal sealed record KeyChangedOutput(string AccessKey, string State);

/// <summary>Writes the output for machines.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<UserOutput>))]
[JsonSerializable(typeof(UserAddedOutput))]
[JsonSerializable(typeof(UserRemovedOutput))]
[JsonSerializable(typeof(IReadOnlyList<KeyOutput>))]
[JsonSerializable(typeof(KeyCreatedOutput))]
[JsonSerializable(typeof(KeyChangedOutput))]
internal sealed partial class OutputJson : JsonSerializerContext
{
    /// <summary>For a terminal or a file, so nothing is escaped that JSON itself does not ask for.</summary>
    public static OutputJson Plain { get; } = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
    });

    public static void Write<T>(T value, JsonTypeInfo<T> type) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(value, type));
}
