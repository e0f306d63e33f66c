using System.Text.Json;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Cli;

/// <summary>A running store for the whole class.</summary>
public sealed class CommandStore : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private ServeProcess? _serve;

    public string Data => _directory.File("data");

    public async Task InitializeAsync() => _serve = await ServeProcess.StartAsync(Data);

    public async Task DisposeAsync() => await _serve!.DisposeAsync();

    public void Dispose() => _directory.Dispose();
}

[Collection("Command line")]
public sealed class IdentityCommandTests(CommandStore store) : IClassFixture<CommandStore>
{
    [Fact]
    public async Task Adds_a_user_with_a_generated_key()
    {
        var user = await JsonAsync("user", "add", "generated");

        user.GetProperty("name").GetString().ShouldBe("generated");
        user.GetProperty("canonicalId").GetString()!.ShouldMatch("^[0-9a-f]{64}$");
        user.GetProperty("accessKey").GetString()!.Length.ShouldBe(20);
        user.GetProperty("secretKey").GetString()!.Length.ShouldBe(40);
    }

    [Fact]
    public async Task Adds_a_user_as_it_is_told()
    {
        var id = new string('a', 63) + "1";

        await JsonAsync("user", "add", "told", "--access-key", "TOLDKEY", "--secret-key", "told-secret/+=",
            "--email", "told@example.com", "--display-name", "Töld, user", "--canonical-id", id);

        var told = (await JsonAsync("user", "list")).EnumerateArray()
            .Single(user => user.GetProperty("name").GetString() == "told");
        told.GetProperty("canonicalId").GetString().ShouldBe(id);
        told.GetProperty("email").GetString().ShouldBe("told@example.com");
        told.GetProperty("displayName").GetString().ShouldBe("Töld, user");
        (await KeysAsync("told")).ShouldBe([("TOLDKEY", true)]);
    }

    [Fact]
    public async Task Refuses_a_name_that_is_taken()
    {
        await JsonAsync("user", "add", "twice");

        var again = await RunAsync("user", "add", "twice");

        again.ExitCode.ShouldBe(1);
        again.Errors.ShouldContain("already a user 'twice'");
    }

    [Fact]
    public async Task Refuses_a_key_that_is_taken_and_adds_no_user()
    {
        await JsonAsync("user", "add", "holder", "--access-key", "TAKENKEY", "--secret-key", "a-good-secret");

        var second = await RunAsync("user", "add", "latecomer", "--access-key", "TAKENKEY", "--secret-key", "a-secret");

        second.ExitCode.ShouldBe(1);
        second.Errors.ShouldContain("already an access key 'TAKENKEY'");
        (await RunAsync("user", "list")).RequireSuccess().ShouldNotContain("latecomer");
    }

    [Fact]
    public async Task Removes_a_user_with_its_keys()
    {
        await JsonAsync("user", "add", "leaving", "--access-key", "LEAVINGKEY", "--secret-key", "leaving-secret");

        await JsonAsync("user", "remove", "leaving");

        (await RunAsync("user", "list")).RequireSuccess().ShouldNotContain("leaving");
        (await RunAsync("key", "list")).RequireSuccess().ShouldNotContain("LEAVINGKEY");
        (await RunAsync("user", "remove", "leaving")).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task Takes_a_key_through_its_life()
    {
        await JsonAsync("user", "add", "cycle", "--access-key", "CYCLE1", "--secret-key", "cycle-secret");
        await JsonAsync("key", "create", "cycle", "--access-key", "CYCLE2", "--secret-key", "cycle-secret-2");
        await JsonAsync("key", "deactivate", "CYCLE1");
        (await KeysAsync("cycle")).ShouldBe([("CYCLE1", false), ("CYCLE2", true)]);

        await JsonAsync("key", "activate", "CYCLE1");
        var rotated = await JsonAsync(
            "key", "rotate", "CYCLE2", "--access-key", "CYCLE3", "--secret-key", "cycle-secret-3");
        rotated.GetProperty("replaces").GetString().ShouldBe("CYCLE2");
        (await KeysAsync("cycle")).ShouldBe([("CYCLE1", true), ("CYCLE2", false), ("CYCLE3", true)]);

        await JsonAsync("key", "delete", "CYCLE2");
        (await KeysAsync("cycle")).ShouldBe([("CYCLE1", true), ("CYCLE3", true)]);
    }

    [Theory]
    [InlineData("key", "create", "nobody-of-that-name")]
    [InlineData("key", "list", "nobody-of-that-name")]
    [InlineData("key", "rotate", "NOKEYOFTHATID")]
    [InlineData("key", "deactivate", "NOKEYOFTHATID")]
    [InlineData("key", "delete", "NOKEYOFTHATID")]
    public async Task Says_in_one_line_what_is_not_there(params string[] command)
    {
        var result = await RunAsync(command);

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldBeEmpty();
        result.Errors.ShouldStartWith("casstore: There is no ");
        result.Errors.Trim().ShouldNotContain("\n");
    }

    [Theory]
    [InlineData("user", "add", "white space")]
    [InlineData("user", "add", "short-secret", "--access-key", "GOODKEY", "--secret-key", "short")]
    [InlineData("user", "add", "bad-key", "--access-key", "with/slash", "--secret-key", "a-good-secret")]
    [InlineData("user", "add", "bad-id", "--canonical-id", "ABC")]
    [InlineData("user", "add")]
    [InlineData("user")]
    [InlineData("user", "rename", "x")]
    public async Task Answers_wrong_usage_with_exit_code_2(params string[] command) =>
        (await RunAsync(command)).ExitCode.ShouldBe(2);

    [Fact]
    public async Task Stores_no_secret_in_clear()
    {
        await JsonAsync("user", "add", "secretive", "--access-key", "SECRETIVE", "--secret-key", "never-in-clear-text");

        var found = await CommandLine.RunAsync(store.Data, "psql", "-At", "-c",
            "select count(*) from events where position(convert_to('never-in-clear', 'UTF8') in payload) > 0 " +
            "or position(convert_to(encode('never-in-clear-text', 'base64'), 'UTF8') in payload) > 0");

        found.RequireSuccess().Trim().ShouldBe("0");
    }

    private Task<CommandLine.Result> RunAsync(params string[] command) => CommandLine.RunAsync(store.Data, command);

    private async Task<JsonElement> JsonAsync(params string[] command)
    {
        var output = (await RunAsync([.. command, "--json"])).RequireSuccess();
        using var json = JsonDocument.Parse(output);
        return json.RootElement.Clone();
    }

    private async Task<List<(string Id, bool Active)>> KeysAsync(string user) =>
        [.. (await JsonAsync("key", "list", user)).EnumerateArray().Select(
            key => (key.GetProperty("accessKey").GetString()!, key.GetProperty("active").GetBoolean()))];
}
