using CasStore.Api.Hosting;

try
{
    return await ApiServer.RunAsync(ApiSettings.FromEnvironment());
}
catch (Exception failure) when (StartupFailure.Describe(failure) is { } message)
{
    await Console.Error.WriteLineAsync($"casstore api: {message}");
    return 1;
}
