namespace CasStore.BlobCas.Hashing;

/// <summary>
/// Hashes many messages at once. MD5 has no parallelism of its own, but 16 messages side by side take little longer
/// than one: so what waits shares the lanes of a run, and joins one that is under way. Up to two messages have a run
/// each, as nothing is gained by sharing then.
/// </summary>
internal sealed class Md5Engine
{
    private const int MessagesApart = 2;

    private readonly Lock _gate = new();
    private readonly Queue<Md5Job> _waiting = new();
    private readonly Md5Level _level;
    private readonly int _leastRuns;
    private int _messages;
    private int _runs;

    public Md5Engine()
        : this(Md5Lanes.Best, Environment.ProcessorCount)
    {
    }

    internal Md5Engine(Md5Level level, int processors)
    {
        _level = level;
        // Lanes save processor time, runs side by side save the clock's: a quarter of many processors is for that.
        _leastRuns = Math.Max(1, processors / 4);
    }

    /// <summary>Runs at once, at most. One has lanes for 16 messages.</summary>
    private int MaxRuns => _messages <= MessagesApart
        ? MessagesApart
        : Math.Max(_leastRuns, (_messages + Md5Lanes.Most - 1) / Md5Lanes.Most);

    /// <summary>Begins a message; it counts until it is disposed of.</summary>
    public Md5Message Begin()
    {
        lock (_gate)
            _messages++;
        return new Md5Message(this);
    }

    internal void End()
    {
        lock (_gate)
            _messages--;
    }

    /// <summary>Begins a message's job, or has it wait for the one before it.</summary>
    internal void Begin(Md5Job job, Md5Job? before)
    {
        if (before?.TryPrecede(job) == true)
            return;
        lock (_gate)
        {
            if (_runs >= MaxRuns)
            {
                _waiting.Enqueue(job);
                return;
            }
            _runs++;
        }
        ThreadPool.UnsafeQueueUserWorkItem(Run, job, preferLocal: false);
    }

    private void Run(Md5Job first)
    {
        var lanes = new Md5Lanes(_level);
        lanes.Add(first);
        do
            lanes.Advance();
        while (Fill(lanes));
    }

    /// <summary>Takes in what waits; false when the run ends, as there is nothing left.</summary>
    private bool Fill(Md5Lanes lanes)
    {
        lock (_gate)
        {
            while (lanes.Count < Md5Lanes.Most && _waiting.TryDequeue(out var job))
                lanes.Add(job);
            if (lanes.Count == 0)
                _runs--;
            return lanes.Count > 0;
        }
    }
}
