using CasStore.Bench.Store;

namespace CasStore.Bench.Targets;

/// <summary>The targets of a run: figures of the later ones are compared with the first's.</summary>
internal sealed class TargetSet : IAsyncDisposable
{
    private readonly List<Target> _targets = [];
    private readonly Stack<IAsyncDisposable> _owners = [];

    public IReadOnlyList<Target> Targets => _targets;

    /// <summary>The store that was started for the run, if one was.</summary>
    public FreshStore? Store { get; private set; }

    public void Add(FreshStore store)
    {
        Store = store;
        Add(store.AsTarget(), store);
    }

    /// <summary>Adds a target, and who stops it after the run.</summary>
    public void Add(Target target, IAsyncDisposable? owner = null)
    {
        _targets.Add(target);
        if (owner is not null)
            _owners.Push(owner);
    }

    public async ValueTask DisposeAsync()
    {
        while (_owners.TryPop(out var owner))
            await owner.DisposeAsync();
    }
}
