using System.Text.RegularExpressions;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Clients.Boto;

/// <summary>Flows of a client written with boto3 (flows.py).</summary>
public sealed partial class BotoTests : StoreTests
{
    private static readonly string Script =
        Path.Combine(Repository.Root, "tests", "Integration", "Clients", "Boto", "flows.py");

    public static TheoryData<string> Flows
    {
        get
        {
            var flows = new TheoryData<string>();
            foreach (Match flow in Flow().Matches(File.ReadAllText(Script)))
                flows.Add(flow.Groups[1].Value);
            return flows;
        }
    }

    [Theory]
    [MemberData(nameof(Flows))]
    public async Task A_flow_goes_as_it_does_at_AWS(string flow)
    {
        var (one, other) = (await Users.AddAsync(Server), await Users.AddAsync(Server));
        using var home = new ClientWorkspace();
        await home.RunAsync(
            await FindPythonAsync(home), Script, Server.Endpoint.ToString().TrimEnd('/'), one.Credentials.AccessKey,
            one.Credentials.SecretKey, other.Credentials.AccessKey, other.Credentials.SecretKey, other.UserId, flow);
    }

    /// <summary>A Python that has boto3: the one in PATH, or the system's.</summary>
    private static async Task<string> FindPythonAsync(ClientWorkspace home)
    {
        var output = "";
        foreach (var python in (string[])["python3", "/usr/bin/python3"])
        {
            using var trial = await home.StartAsync(python, "-c", "import boto3");
            await trial.WaitForExitAsync(TimeSpan.FromMinutes(1));
            if (trial.ExitCode == 0)
                return python;
            output = trial.Output;
        }
        throw new InvalidOperationException($"No Python has boto3. Run eng/install-test-clients.\n{output}");
    }

    [GeneratedRegex("^def flow_(\\w+)", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Flow();
}
