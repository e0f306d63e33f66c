using CasStore.Events.Configuration;
using CasStore.Projections;
using CasStore.Projections.Activity;
using CasStore.Workers;
using CasStore.Workers.Console;
using CasStore.Workers.Subscriptions;
using Npgsql;

using var logs = LoggerFactory.Create(logging => logging.ConfigureFromEnvironment());
try
{
    var settings = StoreSettings.FromEnvironment();
    await using var store = await EventStore.OpenAsync(settings, CancellationToken.None);
    var builder = WebApplication.CreateSlimBuilder();
    builder.WebHost.UseUrls(WorkerSettings.ConsoleListen);
    builder.Logging.ConfigureFromEnvironment();
    // Promise 9: three seconds in all, so what runs here gets two.
    builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(2));
    builder.Services.AddSingleton(store);
    builder.Services.AddSubscription<ActivitySubscriber>();
    var app = builder.Build();
    app.MapHealth();
    app.MapStatusPage();
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (e is InvalidOperationException or NpgsqlException or IOException)
{
    logs.CreateLogger("CasStore.Workers").LogStartFailed(e.Message);
    return 1;
}
