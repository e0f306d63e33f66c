using System.CommandLine;
using CasStore.Api.Hosting;
using CasStore.Events.Configuration;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CasStore.Bench.Peers;

/// <summary>What the Api's HTTP server does when nothing is asked of the store.</summary>
internal static class HttpCeilingServer
{
    public const string CommandName = "serve-http-ceiling";
    private const int BodyBytes = 4096;
    private static readonly byte[] s_body = new byte[BodyBytes];

    /// <summary>The hidden command that <see cref="HttpCeiling"/> starts.</summary>
    public static Command Create()
    {
        var address = new Argument<string>("address");
        var command = new Command(CommandName) { address };
        command.Hidden = true;
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetRequiredValue(address), cancel));
        return command;
    }

    private static async Task<int> RunAsync(string address, CancellationToken cancel)
    {
        using var loggers = LoggerFactory.Create(_ => { });
        using var server = ApiServer.CreateServer(new ApiSettings
        {
            Store = new StoreSettings("", ""),
            Listen = [address],
            Region = "",
            Domain = null,
            PackLimit = 0,
            RootAccessKey = "",
            RootSecretKey = "",
            LogLevel = LogLevel.Warning,
            JsonLog = false,
        }, loggers);
        await server.StartAsync(new HttpApplication(AnswerAsync), cancel);
        await Task.Delay(Timeout.Infinite, cancel).ContinueWith(_ => { }, TaskScheduler.Default);
        await server.StopAsync(CancellationToken.None);
        return 0;
    }

    private static Task AnswerAsync(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.ContentLength = BodyBytes;
            return HttpMethods.IsGet(http.Request.Method)
                ? http.Response.Body.WriteAsync(s_body, http.RequestAborted).AsTask()
                : Task.CompletedTask;
        }
        return DropBodyAsync(http);
    }

    private static async Task DropBodyAsync(HttpContext http)
    {
        var body = http.Request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync(http.RequestAborted);
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }
        http.Response.ContentLength = 0;
    }
}
