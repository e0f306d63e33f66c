using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CasStore.BlobCas;
using CasStore.Events.Access;
using CasStore.Events.Buckets;
using CasStore.Events.Objects;
using CasStore.Events.Uploads;

namespace CasStore.Events.Log;

/// <summary>
/// The canonical writer of payloads: UTF-8 JSON, members in order of declaration, camel case, nulls left out. Digests
/// are computed over these bytes, so what this writes for a schema version never changes.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BucketCreated))]
[JsonSerializable(typeof(BucketDeleted))]
[JsonSerializable(typeof(BucketVersioningSet))]
[JsonSerializable(typeof(BucketObjectLockSet))]
[JsonSerializable(typeof(BucketConfigurationSet))]
[JsonSerializable(typeof(BucketConfigurationRemoved))]
[JsonSerializable(typeof(ObjectCreated))]
[JsonSerializable(typeof(ObjectDeleted))]
[JsonSerializable(typeof(DeleteMarkerCreated))]
[JsonSerializable(typeof(ObjectVersionDeleted))]
[JsonSerializable(typeof(ObjectTagged))]
[JsonSerializable(typeof(ObjectAclSet))]
[JsonSerializable(typeof(ObjectRetentionSet))]
[JsonSerializable(typeof(ObjectLegalHoldSet))]
[JsonSerializable(typeof(UploadStarted))]
[JsonSerializable(typeof(PartUploaded))]
[JsonSerializable(typeof(UploadCompleted))]
[JsonSerializable(typeof(UploadAborted))]
[JsonSerializable(typeof(UserAdded))]
[JsonSerializable(typeof(UserRemoved))]
[JsonSerializable(typeof(AccessKeyCreated))]
[JsonSerializable(typeof(AccessKeyDeactivated))]
[JsonSerializable(typeof(AccessKeyActivated))]
[JsonSerializable(typeof(AccessKeyDeleted))]
[JsonSerializable(typeof(ObjectMetadata))]
[JsonSerializable(typeof(IReadOnlyList<ObjectPart>))]
[JsonSerializable(typeof(IReadOnlyList<ObjectTag>))]
public sealed partial class EventJson : JsonSerializerContext
{
    /// <summary>The one instance whose output is canonical.</summary>
    public static EventJson Canonical { get; } = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new BlobDigestConverter() },
    });

    private sealed class BlobDigestConverter : JsonConverter<BlobDigest>
    {
        public override BlobDigest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            CasStore.BlobCas.BlobDigest.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, BlobDigest value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
