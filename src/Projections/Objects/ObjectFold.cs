using CasStore.Events.Log;
using CasStore.Events.Objects;

namespace CasStore.Projections.Objects;

/// <summary>What a run of events does to keys: which states end where, and which new states there are.</summary>
internal sealed class ObjectFold
{
    /// <summary>A state that began in the run; <see cref="To"/> is set when it also ended in it.</summary>
    public sealed record State(ObjectCreated Created, DateTimeOffset At, long From)
    {
        public long? To { get; set; }
    }

    /// <summary>Where the state that was live before the run ends: the first event of each key.</summary>
    public Dictionary<(long BucketId, string Key), long> Ends { get; } = [];

    /// <summary>New states in order of position.</summary>
    public List<State> States { get; } = [];

    /// <summary>Folds events in order.</summary>
    public static ObjectFold Of(IReadOnlyList<RecordedEvent> events)
    {
        var fold = new ObjectFold();
        var live = new Dictionary<(long, string), State>();
        foreach (var recorded in events)
        {
            switch (recorded.Event)
            {
                case ObjectCreated created:
                    var state = new State(created, recorded.OccurredAt, recorded.Position);
                    fold.End(live, (created.BucketId, created.Key), recorded.Position);
                    live[(created.BucketId, created.Key)] = state;
                    fold.States.Add(state);
                    break;
                case ObjectDeleted deleted:
                    fold.End(live, (deleted.BucketId, deleted.Key), recorded.Position);
                    break;
            }
        }
        return fold;
    }

    private void End(Dictionary<(long, string), State> live, (long, string) key, long position)
    {
        Ends.TryAdd(key, position);
        if (live.Remove(key, out var ended))
            ended.To = position;
    }
}
