using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CasStore.Bench.Output;

/// <summary>Where a report goes: a table for people; JSON and a picture if asked for.</summary>
internal sealed class OutputOptions
{
    private readonly Option<string?> _json = new("--json")
    {
        Description = "Print JSON, or write it to a file and print the table too",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _svg = new("--svg") { Description = "Draw the figures in this file" };

    public void AddTo(Command command)
    {
        command.Add(_json);
        command.Add(_svg);
    }

    public async Task WriteAsync<T>(
        ParseResult parsed, T report, JsonTypeInfo<T> type, Action<T> print, Func<T, string> draw,
        CancellationToken cancel)
    {
        var json = parsed.GetResult(_json) is { Implicit: false };
        var file = parsed.GetValue(_json);
        if (json && file is null)
            ReportJson.Write(report, type);
        else
            print(report);
        if (file is not null)
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(report, type), cancel);
        if (parsed.GetValue(_svg) is { } picture)
            await File.WriteAllTextAsync(picture, draw(report), cancel);
    }
}
