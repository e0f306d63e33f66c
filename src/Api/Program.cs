using CasStore.Api.Hosting;

// Sockets' events go on on the threads that wait for them: each thread more that must wake costs a small request a good
// part of its time (docs/adr/0011-few-wake-ups.md, with what must not block them). Sockets read it when first used.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

try
{
    return await ApiServer.RunAsync(ApiSettings.FromEnvironment());
}
catch (Exception failure) when (StartupFailure.Describe(failure) is { } message)
{
    await Console.Error.WriteLineAsync($"casstore api: {message}");
    return 1;
}
