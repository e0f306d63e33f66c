using CasStore.Tests.Integration.Harness;
using Xunit.Abstractions;

namespace CasStore.Tests.Integration.Model;

/// <summary>Random histories of a bucket with versions: the server answers as the reference at every step.</summary>
public sealed class VersionModelTests(ITestOutputHelper output) : StoreTests
{
    private const int Steps = 200, StepsUnversioned = 15;
    private static readonly string[] Keys = ["a", "a/1", "a/2", "a/b/3", "b", "ü/é", "😀", "z y"];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_server_answers_as_the_reference(int variation)
    {
        var random = new Random(Seed.Choose(output) + variation);
        var (reference, server) = (new ReferenceVersions(), new SdkVersions(S3, await NewBucketAsync()));
        var history = new List<string>();
        for (var step = 0; step < Steps; step++)
        {
            var (description, applyAsync) = step == StepsUnversioned
                ? SetVersioning(enabled: true)
                : Next(random, reference, step);
            history.Add($"{step}: {description}");
            var expected = await applyAsync(reference);
            var actual = await applyAsync(server);
            if (expected != actual)
            {
                Assert.Fail($"variation {variation}, {history[^1]}\nexpected: {expected}\nactual:   {actual}\n" +
                    $"after:\n  {string.Join("\n  ", history.TakeLast(60))}");
            }
        }
    }

    private static (string Description, Func<IVersionModel, Task<string>> ApplyAsync) Next(
        Random random, ReferenceVersions state, int step)
    {
        var (key, name) = (Keys[random.Next(Keys.Length)], $"v{step}");
        var names = state.NamesOf(key);
        var known = names.Count == 0 ? "null" : names[random.Next(names.Count)];
        var prefix = new[] { "", "a", "a/", "ü" }[random.Next(4)];
        var (delimiter, size) = (random.Next(2) == 0 ? "/" : null, random.Next(1, 8));
        switch (random.Next(20))
        {
            case 0 when step > StepsUnversioned:
                return SetVersioning(random.Next(2) == 0);
            case < 7:
                var content = $"content {step} {new string('x', random.Next(20))}";
                return ($"put {key} as {name}", s => s.PutAsync(key, content, name));
            case < 9:
                return ($"delete {key} as {name}", s => s.DeleteAsync(key, name));
            case < 12:
                return ($"delete {key}@{known}", s => s.DeleteVersionAsync(key, known));
            case 12:
                return ($"get {key}", s => s.GetAsync(key, null));
            case < 15:
                return ($"get {key}@{known}", s => s.GetAsync(key, known));
            case 15:
                var (to, version) = (Keys[random.Next(Keys.Length)], random.Next(3) == 0 ? null : known);
                return ($"copy {key}@{version} to {to} as {name}", s => s.CopyAsync(key, version, to, name));
            case 16:
                return ("list", s => s.ListAsync());
            default:
                return ($"list versions prefix '{prefix}' delimiter '{delimiter}' by {size}",
                    s => s.ListVersionsAsync(prefix, delimiter, size));
        }
    }

    private static (string Description, Func<IVersionModel, Task<string>> ApplyAsync) SetVersioning(bool enabled) =>
        ($"versioning {enabled}", s => s.SetVersioningAsync(enabled));
}
