using System.Net.Sockets;
using CasStore.Bench.Http;
using CasStore.Bench.Targets;

namespace CasStore.Bench.Load;

/// <summary>One non-blocking connection with at most one request under way.</summary>
internal sealed class LoadConnection : IDisposable
{
    private const int HeadRoom = 4096;
    private readonly Target _target;
    private readonly ObjectContent _content;
    private readonly AnswerCheck _check;
    private readonly ResponseReader _reader;
    // The head ends at HeadRoom, where the block begins: both go out in one call, and the block's bytes stay.
    private readonly byte[] _out;
    private Socket _socket;
    private PreparedRequest? _request;
    private byte[] _kept = [];
    private int _from, _to;
    private long _position;

    public LoadConnection(Target target, ObjectContent content)
    {
        (_target, _content) = (target, content);
        _check = new AnswerCheck(content);
        _reader = new ResponseReader(_check);
        _out = new byte[HeadRoom + content.BlockBytes];
        content.CopyBlock(_out.AsSpan(HeadRoom));
        _socket = target.Connect();
    }

    /// <summary>What became of the request.</summary>
    public enum State
    {
        Sending, Waiting, Done,
    }

    /// <summary>When the request began.</summary>
    public long Started { get; private set; }

    /// <summary>What was wrong with the answer; null: nothing.</summary>
    public string? Problem { get; private set; }

    /// <summary>The server closes the connection, or left it in no state to be used.</summary>
    public bool IsSpent { get; private set; }

    public int Handle => (int)_socket.SafeHandle.DangerousGetHandle();

    /// <summary>Begins a request on a connection that has none under way.</summary>
    public State Begin(PreparedRequest request, long now)
    {
        (_request, Started, Problem, _position) = (request, now, null, 0);
        _reader.Begin(request.Operation == Operation.Head);
        _check.Begin(request);
        _from = HeadRoom - request.Head.Length;
        _to = HeadRoom;
        request.Head.CopyTo(_out.AsSpan(_from));
        if (request.Operation == Operation.Put)
            NextBlock();
        return Send();
    }

    /// <summary>Sends what the socket takes.</summary>
    public State Send()
    {
        try
        {
            while (true)
            {
                var sent = Epoll.Send(Handle, _out.AsSpan(_from, _to - _from));
                if (sent < 0)
                    return State.Sending;
                _from += sent;
                if (_from < _to)
                    continue;
                if (_request!.Operation != Operation.Put || _position == _content.Size)
                    return State.Waiting;
                _from = _to = HeadRoom;
                NextBlock();
            }
        }
        catch (IOException e)
        {
            return Fail(e.Message);
        }
    }

    /// <summary>Reads what has come, through a buffer that connections share.</summary>
    public State Receive(Span<byte> buffer)
    {
        try
        {
            _kept.CopyTo(buffer);
            var filled = _kept.Length;
            var count = Epoll.Receive(Handle, buffer[filled..]);
            if (count < 0)
                return State.Waiting;
            filled += count;
            var complete = _reader.Read(buffer[..filled], out var used);
            if (complete || (count == 0 && _reader.Close()))
            {
                IsSpent = count == 0 || used < filled || _reader.Head.Closes || _from < _to;
                Problem = _check.Problem(_reader.Head);
                _kept = [];
                return State.Done;
            }
            if (count == 0)
                return Fail("the server closed the connection");
            _kept = used == filled ? [] : buffer[used..filled].ToArray();
            return State.Waiting;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return Fail(e.Message);
        }
    }

    /// <summary>Connects anew.</summary>
    public void Reopen()
    {
        _socket.Dispose();
        _socket = _target.Connect();
        _kept = [];
        IsSpent = false;
    }

    public State Fail(string problem)
    {
        (Problem, IsSpent) = (problem, true);
        return State.Done;
    }

    public void Dispose() => _socket.Dispose();

    private void NextBlock()
    {
        var length = _content.Stamp(_out.AsSpan(HeadRoom), _request!.Content, _position);
        _to = HeadRoom + length;
        _position += length;
    }
}
