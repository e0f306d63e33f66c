using CasStore.Events.Log;
using CasStore.Projections;
using Npgsql;

namespace CasStore.Workers.Subscriptions;

/// <summary>Keeps one subscription running; the database may go and come back.</summary>
public sealed partial class SubscriptionService<TSubscriber>(
    EventStore store, ILogger<SubscriptionService<TSubscriber>> logger) : BackgroundService
    where TSubscriber : ISubscriber, new()
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var subscriber = new TSubscriber();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await store.Subscribe(subscriber).RunAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
            {
                LogInterrupted(subscriber.Name, s_retryAfter, e);
                await Task.Delay(s_retryAfter, stoppingToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Subscription {Name} was interrupted; it continues in {Delay}")]
    private partial void LogInterrupted(string name, TimeSpan delay, Exception cause);
}

/// <summary>Registers subscriptions.</summary>
public static class SubscriptionRegistration
{
    /// <summary>Runs the subscriber as long as the process.</summary>
    public static void AddSubscription<TSubscriber>(this IServiceCollection services)
        where TSubscriber : ISubscriber, new() =>
        services.AddHostedService<SubscriptionService<TSubscriber>>();
}
