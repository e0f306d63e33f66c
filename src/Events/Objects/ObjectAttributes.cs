using CasStore.Events.Buckets;

namespace CasStore.Events.Objects;

/// <summary>A tag of an object.</summary>
public sealed record ObjectTag(string Key, string Value);

/// <summary>How long a version may not be deleted.</summary>
/// <param name="Mode">Who may end it early: some, or nobody.</param>
/// <param name="Until">When it ends (UTC).</param>
public sealed record ObjectRetention(RetentionMode Mode, DateTimeOffset Until);
