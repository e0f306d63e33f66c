using System.Globalization;
using CasStore.Bench.Processes;

namespace CasStore.Bench.Store;

/// <summary>How many durable commits one session gets from the store's PostgreSQL.</summary>
internal static class CommitLimit
{
    // A procedural block that stands alone may commit; each commit of a row that was inserted flushes the log.
    private const string Loop = """
        do $$
        declare
            stop timestamptz := clock_timestamp() + interval '2 s';
            start timestamptz := clock_timestamp();
            commits integer := 0;
        begin
            create table public.bench_commits (number integer, per_second float);
            commit;
            while clock_timestamp() < stop loop
                insert into public.bench_commits (number) values (commits);
                commit;
                commits := commits + 1;
            end loop;
            insert into public.bench_commits (per_second)
                values (commits / extract(epoch from clock_timestamp() - start));
        end
        $$
        """;

    private const string Read = "select per_second from public.bench_commits where per_second is not null";

    public static async Task<double> MeasureAsync(string data, CancellationToken cancel)
    {
        await PsqlAsync(data, Loop, cancel);
        var rate = await PsqlAsync(data, Read, cancel);
        await PsqlAsync(data, "drop table public.bench_commits", cancel);
        return double.Parse(rate, CultureInfo.InvariantCulture);
    }

    private static async Task<string> PsqlAsync(string data, string sql, CancellationToken cancel)
    {
        string[] command = [Path.Combine(SourceTree.Root, "casstore"), "psql", "--data", data, "-c", sql, "-qAtX"];
        // Else the operator's own database would be asked.
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["CASSTORE_POSTGRES"] = "" };
        return (await ShortProcess.RunAsync(command, environment, cancel)).Trim();
    }
}
