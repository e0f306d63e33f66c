using System.Text.Json.Serialization;

namespace CasStore.Events.Buckets;

/// <summary>How a version under retention is protected.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RetentionMode>))]
public enum RetentionMode
{
    /// <summary>Who has the permission to bypass it may.</summary>
    Governance,

    /// <summary>Nobody may.</summary>
    Compliance,
}

/// <summary>How long new versions of a bucket are kept from deletion: a number of days or of years.</summary>
/// <param name="Mode">How they are protected.</param>
/// <param name="Days">At least 1, or null.</param>
/// <param name="Years">At least 1, or null.</param>
public sealed record DefaultRetention(RetentionMode Mode, int? Days, int? Years)
{
    /// <summary>When the retention of a version made at a moment ends.</summary>
    public DateTimeOffset Until(DateTimeOffset made) =>
        Years is { } years ? made.AddYears(years) : made.AddDays(Days!.Value);
}
