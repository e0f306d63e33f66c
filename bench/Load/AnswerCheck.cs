using System.Globalization;
using System.Text;
using CasStore.Bench.Http;

namespace CasStore.Bench.Load;

/// <summary>Decides whether an answer is what the request must get.</summary>
internal sealed class AnswerCheck(ObjectContent content) : IResponseBody
{
    /// <summary>Of larger objects only the length is checked: comparing takes time that the server lacks.</summary>
    public const int LargestVerified = 1024 * 1024;

    private const int LongestError = 300;
    private readonly CollectedBody _text = new();
    private PreparedRequest? _request;
    private long _length;
    private bool _differs;

    public void Begin(PreparedRequest request)
    {
        (_request, _length, _differs) = (request, 0, false);
        _text.Clear();
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_request!.Operation != Operation.Get)
            _text.Write(bytes);
        else if (_length == 0)
            _text.Write(bytes[..Math.Min(bytes.Length, LongestError)]);
        if (_request is { Operation: Operation.Get, Content: >= 0, Expected: <= LargestVerified })
            _differs |= !content.Matches(_request.Content, _length, bytes);
        _length += bytes.Length;
    }

    /// <summary>What is wrong with the answer that ended; null: nothing.</summary>
    public string? Problem(ResponseHead head)
    {
        if (head.Status is < 200 or > 299)
            return Text($"status {head.Status} {Start()}");
        return _request!.Operation switch
        {
            Operation.Get when _length != _request.Expected => Text($"{_length} bytes, not {_request.Expected}"),
            Operation.Get when _differs => "other bytes than were put",
            Operation.Head when head.ContentLength != _request.Expected =>
                Text($"length {head.ContentLength}, not {_request.Expected}"),
            Operation.List when Keys() is var keys && keys != _request.Expected =>
                Text($"{keys} keys, not {_request.Expected}"),
            _ => null,
        };
    }

    private string Start()
    {
        var bytes = _text.Bytes.Span;
        return Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, LongestError)]).ReplaceLineEndings(" ");
    }

    private int Keys()
    {
        var keys = 0;
        var rest = _text.Bytes.Span;
        for (var at = rest.IndexOf("<Key>"u8); at >= 0; at = rest.IndexOf("<Key>"u8), keys++)
            rest = rest[(at + 5)..];
        return keys;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
