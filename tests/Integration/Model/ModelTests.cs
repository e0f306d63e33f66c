using CasStore.Tests.Integration.Harness;
using Xunit.Abstractions;

namespace CasStore.Tests.Integration.Model;

/// <summary>Random sequences of operations: the server and the reference answer alike at every step.</summary>
public sealed class ModelTests(ITestOutputHelper output) : StoreTests
{
    private const int Steps = 200, StepsBetweenAudits = 50;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_server_answers_as_the_reference(int variation)
    {
        var seed = Seed.Choose(output) + variation;
        var buckets = Enumerable.Range(0, 3).Select(n => UniqueName($"m{n}")).ToList();
        var (reference, server) = (new ReferenceStore(), new SdkStore(S3));
        var commands = new RandomCommands(seed, buckets);
        await CreateAsync(buckets, reference, server);
        var history = new List<string>();
        for (var step = 0; step < Steps; step++)
        {
            var command = commands.Next(reference);
            history.Add($"{step}: {command.Description}");
            var expected = await command.ApplyAsync(reference);
            var actual = await command.ApplyAsync(server);
            if (!expected.Split('|').Contains(actual, StringComparer.Ordinal) && expected != actual)
            {
                Assert.Fail($"variation {variation}, {history[^1]}\nexpected: {expected}\nactual:   {actual}\n" +
                    $"after:\n  {string.Join("\n  ", history.TakeLast(40))}");
            }
            if (step % StepsBetweenAudits == StepsBetweenAudits - 1)
                await AuditAsync(reference);
        }
    }

    private static async Task CreateAsync(List<string> buckets, ReferenceStore reference, SdkStore server)
    {
        foreach (var bucket in buckets.Take(2))
        {
            await reference.CreateBucketAsync(bucket);
            (await server.CreateBucketAsync(bucket)).ShouldBe("created");
        }
    }

    private async Task AuditAsync(ReferenceStore reference)
    {
        var log = await EventLog.ReadAsync(Server);
        log.ShouldBeGapless();
        foreach (var bucket in reference.Buckets)
            await S3.ShouldListWhatTheLogTellsAsync(bucket, log);
    }
}
