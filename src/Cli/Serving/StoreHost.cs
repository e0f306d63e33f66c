using CasStore.Cli.Data;
using CasStore.Cli.Output;
using CasStore.Cli.Postgres;

namespace CasStore.Cli.Serving;

/// <summary>Runs a whole store until it is told to stop.</summary>
internal static class StoreHost
{
    private const int ForcedExitCode = 130;

    /// <summary>Returns the exit code: 0 when everything stopped in order.</summary>
    /// <exception cref="CommandFailedException">The store could not be started.</exception>
    public static async Task<int> RunAsync(ServeSettings settings)
    {
        _ = ListenAddress.GetLocal(settings.Listen);
        _ = ListenAddress.GetLocal(settings.ConsoleListen);
        using var signals = new StopSignals();
        var log = new ServeLog(json: settings.LogFormat == "json");
        var data = DataDirectory.Prepare(settings.Data);
        using var dataLock = await DataLock.TakeToServeAsync(data, signals.Stop);
        var (rootKey, keySource) = RootCredentials.Obtain(data);
        StoreProcesses? store = null;
        try
        {
            EmbeddedPostgres? postgres = null;
            if (settings.Postgres is null)
                postgres = new EmbeddedPostgres(data, await PostgresCluster.OpenAsync(data, log, signals.Stop), log);
            store = new StoreProcesses(data, settings, rootKey, postgres, log);
            await store.StartAsync(signals.Stop);
            Announce(settings, keySource, isFile: keySource == data.Credentials);
            await store.WatchAsync(signals.Stop);
        }
        catch (OperationCanceledException) when (signals.Stop.IsCancellationRequested)
        {
            log.Info("Stopping");
        }
        finally
        {
            if (store is not null)
                await store.StopAsync(signals.Force);
        }
        return signals.Force.IsCancellationRequested ? ForcedExitCode : 0;
    }

    private static void Announce(ServeSettings settings, string keySource, bool isFile)
    {
        var endpoint = ListenAddress.GetLocal(settings.Listen).GetLeftPart(UriPartial.Authority);
        var console = ListenAddress.GetLocal(settings.ConsoleListen).GetLeftPart(UriPartial.Authority);
        var credentials = isFile
            ? $"AWS_SHARED_CREDENTIALS_FILE='{keySource.Replace("'", "'\\''", StringComparison.Ordinal)}'"
            : "AWS_ACCESS_KEY_ID=\"$CASSTORE_ROOT_ACCESS_KEY\" AWS_SECRET_ACCESS_KEY=\"$CASSTORE_ROOT_SECRET_KEY\"";
        Terminal.Field("S3 endpoint", endpoint);
        Terminal.Field("Console", console);
        Terminal.Field("Credentials", keySource);
        Terminal.Field(
            "Try", $"{credentials} AWS_REGION={settings.Region} aws --endpoint-url {endpoint} s3 mb s3://first");
    }
}
