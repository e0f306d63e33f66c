using System.Diagnostics;
using System.Net.Sockets;

namespace CasStore.Bench.Load;

/// <summary>One thread that drives many connections.</summary>
internal sealed class EventLoop : IDisposable
{
    private const int PollMs = 500, BufferBytes = 256 * 1024;
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(60);
    private readonly Epoll _epoll = new();
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly LoadConnection[] _connections;
    private readonly bool[] _busy, _waitsToSend;
    private int _underWay;

    public EventLoop(LoadConnection[] connections)
    {
        _connections = connections;
        _busy = new bool[connections.Length];
        _waitsToSend = new bool[connections.Length];
        for (var id = 0; id < connections.Length; id++)
            _epoll.Watch(connections[id].Handle, id, Epoll.Readable);
    }

    /// <summary>Sends requests until the feed has no more, and the last answers have come.</summary>
    public void Run(RequestFeed feed, Outcome outcome, CancellationToken cancel)
    {
        for (var id = 0; id < _connections.Length; id++)
            Begin(id, feed, outcome);
        var heard = Stopwatch.GetTimestamp();
        while (_underWay > 0)
        {
            cancel.ThrowIfCancellationRequested();
            var count = _epoll.Wait(PollMs);
            if (count == 0 && Stopwatch.GetElapsedTime(heard) > s_silence)
                GiveUp(outcome);
            for (var i = 0; i < count; i++)
                Handle(_epoll[i], feed, outcome);
            if (count > 0)
                heard = Stopwatch.GetTimestamp();
        }
    }

    public void Dispose()
    {
        _epoll.Dispose();
        foreach (var connection in _connections)
            connection.Dispose();
    }

    private void Begin(int id, RequestFeed feed, Outcome outcome)
    {
        var connection = _connections[id];
        // A server may close a connection after some requests; that is no error, and a new one serves as well.
        if (connection.IsSpent && !TryReopen(id, outcome))
            return;
        var now = Stopwatch.GetTimestamp();
        if (feed.Next(now) is not { } request)
            return;
        _busy[id] = true;
        _underWay++;
        After(id, connection.Begin(request, now), feed, outcome);
    }

    private void Handle((int Id, uint Events) ready, RequestFeed feed, Outcome outcome)
    {
        var connection = _connections[ready.Id];
        if (!_busy[ready.Id])
        {
            // Closed while idle: the next request connects anew. Watching it further would spin.
            connection.Fail("closed while idle");
            TryReopen(ready.Id, outcome);
            return;
        }
        var state = (ready.Events & ~Epoll.Writable) != 0
            ? connection.Receive(_buffer)
            : LoadConnection.State.Sending;
        if (state != LoadConnection.State.Done && _waitsToSend[ready.Id])
            state = connection.Send();
        After(ready.Id, state, feed, outcome);
    }

    private void After(int id, LoadConnection.State state, RequestFeed feed, Outcome outcome)
    {
        var connection = _connections[id];
        var waitsToSend = state == LoadConnection.State.Sending;
        if (waitsToSend != _waitsToSend[id] && !connection.IsSpent)
            _epoll.Change(connection.Handle, id, Epoll.Readable | (waitsToSend ? Epoll.Writable : 0));
        _waitsToSend[id] = waitsToSend;
        if (state != LoadConnection.State.Done)
            return;
        _busy[id] = false;
        _underWay--;
        outcome.Add(Stopwatch.GetTimestamp() - connection.Started, connection.Problem);
        Begin(id, feed, outcome);
    }

    private bool TryReopen(int id, Outcome outcome)
    {
        try
        {
            _connections[id].Reopen();
            _epoll.Watch(_connections[id].Handle, id, Epoll.Readable);
            return true;
        }
        catch (SocketException e)
        {
            outcome.Add(0, $"cannot connect: {e.Message}");
            return false;
        }
    }

    private void GiveUp(Outcome outcome)
    {
        for (var id = 0; id < _connections.Length; id++)
        {
            if (!_busy[id])
                continue;
            _connections[id].Fail("no answer");
            _busy[id] = false;
            outcome.Add(0, "no answer");
        }
        _underWay = 0;
    }
}
