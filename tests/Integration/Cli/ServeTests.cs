using System.Net;
using System.Net.Sockets;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Cli;

[Collection("Command line")]
public sealed class ServeTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Data => _directory.File("data");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Tells_where_the_store_and_its_credentials_are()
    {
        await using var serve = await ServeProcess.StartAsync(Data);

        serve.Output.ShouldContain(serve.Endpoint.GetLeftPart(UriPartial.Authority));
        serve.Output.ShouldContain(serve.Console.GetLeftPart(UriPartial.Authority));
        serve.Output.ShouldContain(Path.Combine(Data, "credentials"));
        (await ServeProcess.IsReadyAsync(serve.Endpoint)).ShouldBeTrue();
    }

    [Fact]
    public async Task Generates_root_credentials_once_that_only_the_owner_can_read()
    {
        await using (await ServeProcess.StartAsync(Data))
        {
        }
        var file = Path.Combine(Data, "credentials");
        var first = await File.ReadAllTextAsync(file);

        await using (await ServeProcess.StartAsync(Data))
        {
        }

        first.ShouldMatch(
            "^\\[default\\]\naws_access_key_id = [A-Z2-7]{20}\naws_secret_access_key = [A-Za-z0-9]{40}\n$");
        (await File.ReadAllTextAsync(file)).ShouldBe(first);
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(Data).ShouldBe(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task Takes_root_credentials_from_the_environment_and_writes_them_nowhere()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CASSTORE_ROOT_ACCESS_KEY"] = "given-access-key",
            ["CASSTORE_ROOT_SECRET_KEY"] = "given-secret-key",
        };

        await using var serve = await ServeProcess.StartAsync(Data, environment);

        File.Exists(Path.Combine(Data, "credentials")).ShouldBeFalse();
        serve.Output.ShouldNotContain("given-secret-key");
    }

    [Theory]
    [InlineData(ServeProcess.Interrupt)]
    [InlineData(ServeProcess.Terminate)]
    public async Task Stops_everything_and_exits_with_0_when_asked(int signal)
    {
        await using var serve = await ServeProcess.StartAsync(Data);
        int[] processes = [serve.ApiProcessId, serve.WorkersProcessId, serve.PostgresProcessId];

        serve.Signal(signal);

        (await serve.WaitForExitAsync()).ShouldBe(0, serve.Output);
        processes.Where(ServeProcess.IsAlive).ShouldBeEmpty();
        serve.Output.ShouldNotContain("unasked");
        File.Exists(Path.Combine(Data, "run/api.pid")).ShouldBeFalse();
        File.Exists(Path.Combine(Data, "postgres/postmaster.pid")).ShouldBeFalse("PostgreSQL should stop in order");
    }

    [Fact]
    public async Task Stops_when_asked_while_it_starts()
    {
        await using var serve = await ServeProcess.LaunchAsync(Data);
        await ServeProcess.EventuallyAsync(
            () => Task.FromResult(Directory.Exists(Path.Combine(Data, "postgres.new"))), "initdb should start");

        serve.Signal(ServeProcess.Terminate);

        (await serve.WaitForExitAsync()).ShouldBe(0, serve.Output);
    }

    [Fact]
    public async Task Refuses_a_data_directory_that_another_serve_uses()
    {
        await using var first = await ServeProcess.StartAsync(Data);

        await using var second = await ServeProcess.LaunchAsync(Data);

        (await second.WaitForExitAsync()).ShouldBe(1);
        second.Output.ShouldContain("is in use by 'casstore serve' (process " + first.ProcessId);
        (await ServeProcess.IsReadyAsync(first.Endpoint)).ShouldBeTrue();
    }

    [Fact]
    public async Task Fails_when_the_address_is_taken()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var address = new Uri($"http://{taken.LocalEndpoint}");
        await using var serve = await ServeProcess.LaunchAsync(Data, endpoint: address);

        (await serve.WaitForExitAsync()).ShouldBe(1, serve.Output);
        serve.Output.ShouldContain("Api ended with exit code");
        File.Exists(Path.Combine(Data, "postgres/postmaster.pid")).ShouldBeFalse("what was started should be stopped");
    }

    [Fact]
    public async Task Refuses_half_a_pair_of_root_credentials()
    {
        var half = new Dictionary<string, string> { ["CASSTORE_ROOT_ACCESS_KEY"] = "only-this" };

        await using var serve = await ServeProcess.LaunchAsync(Data, half);

        (await serve.WaitForExitAsync()).ShouldBe(1);
        serve.Output.ShouldContain("Set both CASSTORE_ROOT_ACCESS_KEY and CASSTORE_ROOT_SECRET_KEY");
    }

    [Theory]
    [InlineData("--listen", "127.0.0.1:9000")]
    [InlineData("--listen", "http://127.0.0.1:0")]
    [InlineData("--console-listen", "ftp://127.0.0.1:9001")]
    public async Task Refuses_what_is_no_address_to_listen_on(string option, string address)
    {
        var result = await CommandLine.RunAsync(Data, "serve", option, address);

        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldContain($"'{address}' is not an address to listen on");
        Directory.Exists(Data).ShouldBeFalse();
    }
}
