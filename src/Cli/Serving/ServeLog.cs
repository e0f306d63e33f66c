using System.Globalization;
using System.Text.Json;

namespace CasStore.Cli.Serving;

/// <summary>What the CLI itself has to say, on standard error: text, or one JSON object per line.</summary>
internal sealed class ServeLog(bool json)
{
    public void Info(string message) => Write("info", message);

    public void Warn(string message) => Write("warning", message);

    private void Write(string level, string message)
    {
        var time = DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var escaped = JsonEncodedText.Encode(message);
        Console.Error.WriteLine(json
            ? $$"""{"time":"{{time}}","level":"{{level}}","source":"casstore","message":"{{escaped}}"}"""
            : $"{time} {level} casstore: {message}");
    }
}
