using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Cli;

[Collection("Command line")]
public sealed class RecoveryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Data => _directory.File("data");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Starts_a_killed_api_again_under_a_new_process_id()
    {
        await using var serve = await ServeProcess.StartAsync(Data);
        var killed = serve.ApiProcessId;

        ServeProcess.Signal(killed, ServeProcess.Kill);

        await ServeProcess.EventuallyAsync(
            async () => serve.ApiProcessId != killed && await ServeProcess.IsReadyAsync(serve.Endpoint),
            "the Api should be back");
        serve.Output.ShouldContain("Api (process " + killed);
    }

    [Fact]
    public async Task Starts_a_killed_postgres_again()
    {
        await using var serve = await ServeProcess.StartAsync(Data);
        var killed = serve.PostgresProcessId;

        ServeProcess.Signal(killed, ServeProcess.Kill);

        await ServeProcess.EventuallyAsync(
            async () => File.Exists(Path.Combine(Data, "postgres/postmaster.pid")) && serve.PostgresProcessId != killed
                && await ServeProcess.IsReadyAsync(serve.Console),
            "PostgreSQL should be back and the Workers connected");
    }

    [Fact]
    public async Task Takes_its_processes_along_when_it_is_killed()
    {
        await using var serve = await ServeProcess.StartAsync(Data);
        int[] processes = [serve.ApiProcessId, serve.WorkersProcessId, serve.PostgresProcessId];

        serve.Signal(ServeProcess.Kill);

        await ServeProcess.UntilGoneAsync(processes);
    }

    [Fact]
    public async Task Starts_with_its_data_after_everything_was_killed()
    {
        await using (var serve = await ServeProcess.StartAsync(Data))
        {
            (await CommandLine.RunAsync(Data, "user", "add", "survivor")).RequireSuccess();
            int[] processes =
                [serve.ProcessId, serve.PostgresProcessId, serve.ApiProcessId, serve.WorkersProcessId];
            foreach (var process in processes)
                ServeProcess.Signal(process, ServeProcess.Kill);
            await serve.WaitForExitAsync();
        }

        await using var again = await ServeProcess.StartAsync(Data);

        (await CommandLine.RunAsync(Data, "user", "list")).RequireSuccess().ShouldContain("survivor");
    }

    [Fact]
    public async Task Waits_for_the_postgres_that_a_killed_serve_left()
    {
        await using var first = await ServeProcess.StartAsync(Data);
        var left = first.PostgresProcessId;
        // Halted, it cannot follow the death of its serve, as one that writes a long checkpoint does not for a while.
        ServeProcess.Signal(left, ServeProcess.Halt);
        first.Signal(ServeProcess.Kill);
        await first.WaitForExitAsync();

        await using var second = await ServeProcess.LaunchAsync(Data);
        await ServeProcess.EventuallyAsync(
            () => Task.FromResult(second.Output.Contains("of an earlier run is still there", StringComparison.Ordinal)),
            "the second serve should find it");
        ServeProcess.Signal(left, ServeProcess.Continue);

        await ServeProcess.EventuallyAsync(
            () => ServeProcess.IsReadyAsync(second.Endpoint), "the second serve should start");
        second.PostgresProcessId.ShouldNotBe(left);
        ServeProcess.IsAlive(left).ShouldBeFalse();
    }
}
