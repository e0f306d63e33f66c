using System.Net;
using System.Runtime.InteropServices;
using CasStore.Api.Health;
using CasStore.Api.Hosting.Transport;
using CasStore.Api.S3;
using CasStore.Api.S3.Access;
using CasStore.Api.Telemetry;
using CasStore.BlobCas;
using CasStore.Events.Access;
using CasStore.Projections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace CasStore.Api.Hosting;

/// <summary>Puts the data plane together and runs it until it is told to stop.</summary>
internal static partial class ApiServer
{
    /// <summary>Time for requests in flight at a stop; with the log's last commit it stays below 3 s.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LastMoment = TimeSpan.FromSeconds(2.8);

    public static async Task<int> RunAsync(ApiSettings settings)
    {
        using var blobs = BlobStore.Open(
            settings.Store.BlobDirectory, new BlobStoreOptions { PackLimit = settings.PackLimit });
        await using var store = await EventStore.OpenAsync(settings.Store, CancellationToken.None);
        await using var accessLog = AccessLog.Open(Path.Combine(settings.Store.DataDirectory, "logs"));
        using var metrics = new RequestMetrics();
        using var exporter = new PrometheusExporter();
        using var health = new HealthChecks(store, blobs);

        using var loggers = LoggerFactory.Create(logging => Configure(logging, settings));
        var authenticator = new Authenticator(
            settings.RootAccessKey, settings.RootSecretKey, settings.Region, store.Access,
            SecretBox.Open(settings.Store.StoreKeyFile));
        var pipeline = new S3Pipeline(store, blobs, authenticator, settings.Region, settings.Domain);
        var endpoint = new Endpoint(
            pipeline, new ServicePages(health, exporter), metrics, accessLog, settings.Domain,
            loggers.CreateLogger<Endpoint>());
        using var stop = new StopSignal();
        using var server = CreateServer(settings, loggers);
        await server.StartAsync(new HttpApplication(endpoint.HandleAsync), CancellationToken.None);
        await stop.Given;
        _ = EndAtLastMomentAsync();
        using var drained = new CancellationTokenSource(DrainTime);
        await server.StopAsync(drained.Token);
        return 0;
    }

    /// <summary>
    /// The HTTP server. Without the generic host around it: its services, configuration and routing would take part of
    /// the memory and of the time to start, and serve one delegate (docs/memory.md).
    /// </summary>
    internal static KestrelServer CreateServer(ApiSettings settings, ILoggerFactory loggers) => new(
        Options.Create(Configure(new KestrelServerOptions(), settings)), new SocketTransport(), loggers);

    /// <summary>
    /// The end must not hang on a database or a disk that no longer answers; what was acknowledged is durable.
    /// </summary>
    private static async Task EndAtLastMomentAsync()
    {
        await Task.Delay(LastMoment);
        // Environment.Exit would run what is to run at an end first, and so wait for what hangs.
        ExitNow(0);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitNow(int status);

    private static void Configure(ILoggingBuilder logging, ApiSettings settings)
    {
        logging.SetMinimumLevel(settings.LogLevel).AddFilter("Microsoft", LogLevel.Warning);
        if (settings.JsonLog)
            logging.AddJsonConsole();
        else
            logging.AddSimpleConsole(console => console.SingleLine = true);
    }

    private static KestrelServerOptions Configure(KestrelServerOptions kestrel, ApiSettings settings)
    {
        foreach (var address in settings.Listen)
            Listen(kestrel, address);
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        // Metadata may be Latin-1 or UTF-8: what came in goes out. A length is left to the server's own parser: the one
        // for chosen encodings ends the connection without an answer when there are too many digits.
        kestrel.RequestHeaderEncodingSelector = name => name == "Content-Length" ? null : System.Text.Encoding.UTF8;
        kestrel.ResponseHeaderEncodingSelector = _ => System.Text.Encoding.UTF8;
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = null;
        limits.MaxRequestHeadersTotalSize = 32 * 1024;
        limits.MaxRequestLineSize = 16 * 1024;
        limits.MaxConcurrentConnections = 4096;
        limits.MaxRequestBufferSize = 256 * 1024;
        limits.MaxResponseBufferSize = 256 * 1024;
        // Slow is allowed, stalled is not.
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 16, gracePeriod: TimeSpan.FromSeconds(30));
        // Of a flush, which may be of a mebibyte (SocketOutput).
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 128, gracePeriod: TimeSpan.FromSeconds(30));
        return kestrel;
    }

    private static void Listen(KestrelServerOptions kestrel, string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp)
            throw new InvalidOperationException($"CASSTORE_LISTEN: '{address}' is no http://HOST:PORT address.");
        if (uri.Host == "localhost")
            kestrel.ListenLocalhost(uri.Port);
        else if (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip))
            kestrel.Listen(ip, uri.Port);
        else
            throw new InvalidOperationException(
                $"CASSTORE_LISTEN: '{uri.Host}' is neither an IP address nor localhost.");
    }
}
