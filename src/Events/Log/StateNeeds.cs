namespace CasStore.Events.Log;

/// <summary>
/// The state that the commands of one batch will look at, collected so that it is read in one round trip.
/// </summary>
public sealed class StateNeeds
{
    public HashSet<string> BucketNames { get; } = new(StringComparer.Ordinal);
    public HashSet<long> BucketIds { get; } = [];
    public HashSet<(long BucketId, string Key)> Objects { get; } = [];
    public HashSet<string> Uploads { get; } = new(StringComparer.Ordinal);
    public HashSet<string> UserIds { get; } = new(StringComparer.Ordinal);
    public HashSet<string> UserNames { get; } = new(StringComparer.Ordinal);
    public HashSet<string> AccessKeys { get; } = new(StringComparer.Ordinal);

    /// <summary>Streams whose version is needed because events may be appended to them.</summary>
    public HashSet<string> Streams { get; } = new(StringComparer.Ordinal);
}
