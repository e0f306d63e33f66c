using System.Globalization;
using CasStore.BlobCas;
using CasStore.Tests.Integration.Harness;
using CasStore.Tests.PackWorkload;
using Xunit.Abstractions;

namespace CasStore.Tests.Integration.Faults;

/// <summary>kill -9 of a process that puts, deletes and compacts packed blobs, again and again.</summary>
public sealed class PackCrashTests(ITestOutputHelper output)
{
    private const int Rounds = 40;
    private readonly Dictionary<int, (bool There, bool? Attempted)> _blobs = [];

    [Fact]
    public async Task Killing_a_writer_of_packs_loses_nothing_acknowledged()
    {
        using var directory = new TemporaryDirectory();
        var (data, journal) = (directory.File("data"), directory.File("journal"));
        var seed = Seed.Choose(output);
        var random = new Random(seed);
        var (lines, compacted) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            using var writer = await ChildProcess.StartAsync(
                [.. Repository.PackWorkloadCommand, data, journal, $"{seed + round}"]);
            var wanted = lines + 400 + random.Next(1_500);
            await WaitForAsync(writer, journal, wanted);
            writer.Kill();
            await writer.WaitForExitAsync(TimeSpan.FromSeconds(20));
            foreach (var line in (await File.ReadAllLinesAsync(journal)).Skip(lines))
            {
                lines++;
                compacted += line == "compacted" ? 1 : 0;
                Note(line);
            }
            await VerifyAsync(data);
        }
        compacted.ShouldBeGreaterThan(Rounds);
    }

    private static async Task WaitForAsync(ChildProcess writer, string journal, int lines)
    {
        var deadline = DateTime.UtcNow.AddSeconds(60);
        while (!File.Exists(journal) || File.ReadLines(journal).Count() < lines)
        {
            if (writer.HasExited || DateTime.UtcNow > deadline)
                Assert.Fail($"The writer makes no progress:\n{writer.Output}");
            await Task.Delay(5);
        }
    }

    private void Note(string line)
    {
        if (line.Split(' ') is not [var verb, var text])
            return;
        var number = int.Parse(text, CultureInfo.InvariantCulture);
        var (there, attempted) = _blobs.GetValueOrDefault(number, (false, null));
        _blobs[number] = verb == "done" ? (attempted!.Value, null) : (there, verb == "put");
    }

    private async Task VerifyAsync(string data)
    {
        using var store = BlobStore.Open(data);
        var listed = store.Enumerate().ToHashSet();
        foreach (var (number, (there, attempted)) in _blobs.ToList())
        {
            var digest = Blobs.Digest(number);
            var isThere = listed.Contains(digest);
            // A change that the kill cut off may have been made or not.
            if (attempted is null || attempted == there)
                isThere.ShouldBe(there, $"blob {number}");
            _blobs[number] = (isThere, null);
            if (!isThere)
            {
                Should.Throw<FileNotFoundException>(() => store.OpenRead(digest));
                continue;
            }
            using var reader = store.OpenRead(digest);
            var bytes = new byte[reader.Length];
            await reader.ReadAsync(0, bytes, CancellationToken.None);
            bytes.AsSpan().SequenceEqual(Blobs.Content(number)).ShouldBeTrue($"blob {number}");
        }
        var numbers = Enumerable.Range(0, Blobs.Count).Select(Blobs.Digest).ToHashSet();
        listed.ShouldBeSubsetOf(numbers);
    }
}
