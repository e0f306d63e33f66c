using CasStore.Events.Log;
using CasStore.Events.Objects;

namespace CasStore.Projections.Objects;

/// <summary>
/// What a run of writes (objects put, delete markers put, objects deleted) does to keys: which states are superseded or
/// end where, and which new ones there are.
/// </summary>
internal sealed class ObjectFold
{
    private readonly Dictionary<(long, string), List<State>> _open = [];

    /// <summary>A version that a write made, with its fate within the run.</summary>
    public sealed record State(long BucketId, string Key, RecordedEvent Recorded, bool IsNull)
    {
        /// <summary>Null for a delete marker.</summary>
        public ObjectCreated? Created => Recorded.Event as ObjectCreated;

        public string Owner => Created?.Owner ?? ((DeleteMarkerCreated)Recorded.Event).Owner;

        public long? Superseded { get; set; }
        public long? To { get; set; }
    }

    /// <summary>What the run does to the states of a key that were there before it.</summary>
    /// <param name="Superseded">Where the newest is superseded.</param>
    public sealed record End(long Superseded)
    {
        /// <summary>Where the null version ends, if it does.</summary>
        public long? NullVersion { get; set; }

        /// <summary>Whether the bucket has or had versioning, so that the key may have other versions.</summary>
        public bool Versioned { get; set; }
    }

    /// <summary>For each key that may have had states before the run.</summary>
    public Dictionary<(long BucketId, string Key), End> Ends { get; } = [];

    /// <summary>New states in order of position.</summary>
    public List<State> States { get; } = [];

    /// <summary>Whether the event is a write, to be folded; the others change versions one at a time.</summary>
    public static bool Folds(IEvent @event) => @event is ObjectCreated or DeleteMarkerCreated or ObjectDeleted;

    /// <summary>Folds writes in order.</summary>
    public static ObjectFold Of(IEnumerable<RecordedEvent> writes)
    {
        var fold = new ObjectFold();
        foreach (var recorded in writes)
        {
            switch (recorded.Event)
            {
                case ObjectCreated e:
                    fold.Add(e.BucketId, e.Key, e.VersionId, recorded);
                    break;
                case DeleteMarkerCreated e:
                    fold.Add(e.BucketId, e.Key, e.VersionId, recorded);
                    break;
                case ObjectDeleted e:
                    fold.Cover((e.BucketId, e.Key), versionId: null, recorded);
                    break;
            }
        }
        return fold;
    }

    private void Add(long bucketId, string key, string? versionId, RecordedEvent recorded)
    {
        var open = Cover((bucketId, key), versionId, recorded);
        var state = new State(bucketId, key, recorded, IsNull(versionId));
        States.Add(state);
        open.Add(state);
    }

    /// <summary>Covers the newest state of a key, and ends its null version if the write replaces that.</summary>
    private List<State> Cover((long, string) key, string? versionId, RecordedEvent recorded)
    {
        var position = recorded.Position;
        if (!_open.TryGetValue(key, out var open))
        {
            _open.Add(key, open = []);
            // A key whose stream begins here has no states that could end.
            if (recorded.StreamVersion > 1)
                Ends.Add(key, new End(position));
        }
        if (open is [.., var newest])
            newest.Superseded ??= position;
        var end = Ends.GetValueOrDefault(key);
        if (end is not null)
            end.Versioned |= versionId is not null;
        if (IsNull(versionId))
        {
            if (end is not null)
                end.NullVersion ??= position;
            foreach (var replaced in open.Where(state => state.IsNull))
                replaced.To = position;
            open.RemoveAll(state => state.IsNull);
        }
        return open;
    }

    private static bool IsNull(string? versionId) => versionId is null or VersionId.Null;
}
