using System.Text.Json.Serialization;

namespace CasStore.Events.Buckets;

/// <summary>Whether a bucket keeps versions. Once it did, it is suspended at most.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html</remarks>
[JsonConverter(typeof(JsonStringEnumConverter<VersioningStatus>))]
public enum VersioningStatus
{
    /// <summary>Never versioned: a key has one version, the null version.</summary>
    Off,

    /// <summary>Each write makes a version of its own.</summary>
    Enabled,

    /// <summary>Writes replace the null version; other versions stay.</summary>
    Suspended,
}
