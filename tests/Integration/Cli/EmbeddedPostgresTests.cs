using System.Globalization;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Cli;

[Collection("Command line")]
public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Data => _directory.File("data");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Serves_from_a_data_path_longer_than_a_socket_allows()
    {
        var data = _directory.File(new string('l', 120), "with, comma and space", "data");
        await using var serve = await ServeProcess.StartAsync(data);

        (await CommandLine.RunAsync(data, "user", "add", "far-away")).RequireSuccess();

        var rows = await CommandLine.RunAsync(
            data, "psql", "-At", "-c", "select event_type from events order by position");
        rows.RequireSuccess().ShouldBe("UserAdded\nAccessKeyCreated\n");
        (await ServeProcess.IsReadyAsync(serve.Console)).ShouldBeTrue();
    }

    [Fact]
    public async Task Compresses_pages_in_the_log_with_the_fastest_that_the_server_was_built_with()
    {
        await using var serve = await ServeProcess.StartAsync(Data);

        var rows = await CommandLine.RunAsync(
            Data, "psql", "-At", "-c",
            "select setting, 'lz4' = any (enumvals) from pg_settings where name = 'wal_compression'");

        rows.RequireSuccess().Trim().ShouldBeOneOf(["lz4|t", "pglz|f", "on|f"]);
    }

    [Fact]
    public async Task Lists_users_of_a_long_data_path_without_a_running_serve()
    {
        var data = _directory.File(new string('l', 120), "data");

        (await CommandLine.RunAsync(data, "user", "list", "--json")).RequireSuccess().Trim().ShouldBe("[]");
    }

    [Fact]
    public async Task Runs_below_a_directory_that_only_its_owner_may_enter()
    {
        var closed = Directory.CreateDirectory(
            _directory.File("closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var result = await CommandLine.RunAsync(Path.Combine(closed.FullName, "data"), "user", "list", "--json");

        result.RequireSuccess().Trim().ShouldBe("[]");
    }

    [Fact]
    public async Task Refuses_a_cluster_of_another_major_version()
    {
        (await CommandLine.RunAsync(Data, "user", "list")).RequireSuccess();
        await File.WriteAllTextAsync(Path.Combine(Data, "postgres/PG_VERSION"), "9\n");

        var result = await CommandLine.RunAsync(Data, "user", "list");

        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldContain("was made by PostgreSQL 9, but");
        result.Errors.ShouldContain("pg_upgrade");
        result.Errors.Trim().ShouldNotContain("\n");
    }

    [Fact]
    public async Task Refuses_a_directory_that_is_no_cluster()
    {
        Directory.CreateDirectory(Path.Combine(Data, "postgres"));

        var result = await CommandLine.RunAsync(Data, "user", "list");

        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldContain("is not a PostgreSQL cluster");
    }

    [Fact]
    public async Task Starts_although_a_stale_pid_file_names_a_live_process()
    {
        (await CommandLine.RunAsync(Data, "user", "add", "kept")).RequireSuccess();
        var pid = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(
            Path.Combine(Data, "postgres/postmaster.pid"),
            $"{pid}\n/elsewhere\n1700000000\n5432\n.\n\n 1 1\nready   \n");
        await File.WriteAllTextAsync(Path.Combine(Data, "postgres/.s.PGSQL.5432.lock"), $"{pid}\n");

        (await CommandLine.RunAsync(Data, "user", "list")).RequireSuccess().ShouldContain("kept");
    }

    [Fact]
    public async Task Makes_the_cluster_anew_when_its_making_was_cut_short()
    {
        Directory.CreateDirectory(Path.Combine(Data, "postgres.new", "base"));
        await File.WriteAllTextAsync(Path.Combine(Data, "postgres.new", "PG_VERSION"), "15\n");

        (await CommandLine.RunAsync(Data, "user", "list")).RequireSuccess();

        Directory.Exists(Path.Combine(Data, "postgres.new")).ShouldBeFalse();
    }

    [Fact]
    public async Task Commits_durably()
    {
        var settings = await CommandLine.RunAsync(Data, "psql", "-At", "-c",
            "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes', " +
            "'data_checksums', 'listen_addresses', 'lc_collate', 'server_encoding') order by name");

        settings.RequireSuccess().Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(
            ["data_checksums|on", "fsync|on", "full_page_writes|on", "lc_collate|C", "listen_addresses|",
                "server_encoding|UTF8", "synchronous_commit|on"],
            ignoreOrder: true);
    }

    [Fact]
    public async Task Starts_nothing_when_a_database_is_given()
    {
        await using var serve = await ServeProcess.StartAsync(Data);
        var other = _directory.File("other");
        var given = $"Host={Data}/postgres;Username=casstore;Database=casstore";

        (await CommandLine.RunAsync(other, "user", "list", "--postgres", given)).RequireSuccess();

        Directory.Exists(Path.Combine(other, "postgres")).ShouldBeFalse();
    }
}
