using CasStore.Projections;
using Npgsql;

namespace CasStore.Workers.Console;

/// <summary><c>/-/health/live</c>: the process answers. <c>/-/health/ready</c>: the database answers it.</summary>
public static class HealthEndpoints
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/-/health/live", (RequestDelegate)(context => context.Response.WriteAsync("live\n")));
        app.MapGet("/-/health/ready", (RequestDelegate)(context =>
            ReadyAsync(context, app.Services.GetRequiredService<EventStore>())));
    }

    private static async Task ReadyAsync(HttpContext context, EventStore store)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        timeout.CancelAfter(s_patience);
        try
        {
            await store.PingAsync(timeout.Token);
            await context.Response.WriteAsync("ready\n", context.RequestAborted);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync($"The database does not answer: {e.Message}\n", context.RequestAborted);
        }
    }
}
