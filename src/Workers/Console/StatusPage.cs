using System.Globalization;
using System.Net;
using System.Text;
using CasStore.Projections;
using Npgsql;

namespace CasStore.Workers.Console;

/// <summary>The console's front page: how far the log is, and how far each subscription has read.</summary>
public static class StatusPage
{
    private const string Head = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>CasStore</title>
        <style>
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #8884; }
        td + td, th + th { text-align: right; font-variant-numeric: tabular-nums; }
        @media (prefers-color-scheme: dark) { body { background: #111; color: #ddd; } }
        </style>
        </head>
        <body>
        <h1>CasStore</h1>
        """;

    public static void MapStatusPage(this WebApplication app) => app.MapGet("/", (RequestDelegate)(context =>
        WriteAsync(context, app.Services.GetRequiredService<EventStore>())));

    private static async Task WriteAsync(HttpContext context, EventStore store)
    {
        string body;
        try
        {
            // The checkpoints first: read after the head, they could be ahead of it.
            var checkpoints = await store.CheckpointsAsync(context.RequestAborted);
            body = Render(await store.Events.HeadAsync(context.RequestAborted), checkpoints);
        }
        catch (NpgsqlException e)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            body = $"<p>The database does not answer: {WebUtility.HtmlEncode(e.Message)}</p>\n";
        }
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        await context.Response.WriteAsync(Head + body + "</body>\n</html>\n", context.RequestAborted);
    }

    private static string Render(long head, IReadOnlyList<(string Name, long Position)> checkpoints)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<p>The log is at position <strong>{head}</strong>.</p>\n");
        html.Append("<table>\n<tr><th>Subscription</th><th>Position</th><th>Behind</th></tr>\n");
        foreach (var (name, position) in checkpoints)
        {
            var behind = Math.Max(0, head - position);
            html.Append(CultureInfo.InvariantCulture,
                $"<tr><td>{WebUtility.HtmlEncode(name)}</td><td>{position}</td><td>{behind}</td></tr>\n");
        }
        return html.Append("</table>\n").ToString();
    }
}
