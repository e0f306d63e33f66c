using System.Text;
using CasStore.Events.Log;
using CasStore.Events.Objects;
using CasStore.Events.Uploads;
using CasStore.Projections.Objects;
using CasStore.Projections.Uploads;
using CasStore.Tests.Integration.Harness;
using Xunit.Abstractions;

namespace CasStore.Tests.Integration.Log;

/// <summary>The read models are the fold of the log: checked against a reference in memory, and by replay.</summary>
public sealed class ReplayTests(ITestOutputHelper output) : EventStoreTests
{
    private static readonly string[] Keys =
        ["a", "a/b", "a/b/c", "a//", "a b", "aé", "a\U0001F600", "b", "b/", "b/1", "b/2", "\uFFFD", "ab/x", "日本/語"];

    private readonly SortedDictionary<string, int> _expected = new(Comparer<string>.Create((x, y) =>
        Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y))));

    [Fact]
    public async Task Random_histories_list_as_the_reference_says_and_replay_to_the_same_tables()
    {
        var random = new Random(Seed.Choose(output));
        var bucket = await CreateBucketAsync("bucket");
        await CreateBucketAsync("neighbour");
        for (var round = 0; round < 30; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, random.Next(1, 12)).Select(_ => StepAsync(random, bucket)));
            await UploadAsync(random, bucket);
            await CheckListingsAsync(random, bucket);
        }
        (await Store.VerifyAsync(default)).Differences.ShouldBeEmpty();
        (await ScalarAsync<long>("select objects from bucket_usage order by bucket_id limit 1"))
            .ShouldBe(_expected.Count);
        (await ScalarAsync<long>("select bytes from bucket_usage order by bucket_id limit 1"))
            .ShouldBe(_expected.Values.Sum(value => (long)value));
    }

    [Fact]
    public async Task Verification_finds_a_row_that_the_log_does_not_explain()
    {
        var bucket = await CreateBucketAsync("bucket");
        await Store.Log.AppendAsync(Put(bucket, "key", 7), default);
        await ScalarAsync<long>("with forged as (update objects set size = 8 returning 1) select count(*) from forged");
        (await Store.VerifyAsync(default)).Differences["objects"].ShouldBe(2);
    }

    private Task<AppendResult> StepAsync(Random random, long bucket)
    {
        // Appends from one thread keep their order, so the reference can be changed as they are queued.
        var key = Keys[random.Next(Keys.Length)];
        if (random.Next(3) == 0)
        {
            _expected.Remove(key);
            return Store.Log.AppendAsync(Delete(bucket, key), default).AsTask();
        }
        var content = random.Next(5);
        _expected[key] = content;
        return Store.Log.AppendAsync(Put(bucket, key, content), default).AsTask();
    }

    private async Task UploadAsync(Random random, long bucket)
    {
        var id = Guid.NewGuid().ToString("n");
        var key = Keys[random.Next(Keys.Length)];
        await Store.Log.AppendAsync(new StartUpload(new UploadStarted
        {
            UploadId = id,
            BucketId = bucket,
            Key = key,
            Initiator = "alice",
            Metadata = new ObjectMetadata(),
        })
        { Context = NewContext() }, default);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(n => Store.Log.AppendAsync(
            new UploadPart(id, n % 3 + 1, Part(random.Next(1, 5))) { Context = NewContext() }, default).AsTask()));
        (await Store.Uploads.ListPartsAsync(id, 0, 1000, default)).Select(part => part.Number).ShouldBe([1, 2, 3]);
        switch (random.Next(3))
        {
            case 0:
                _expected[key] = 3;
                var completed = await Store.Log.AppendAsync(
                    new CompleteUpload(id, Object(bucket, key, 3)) { Context = NewContext() }, default);
                completed.Rejection.ShouldBe(Rejection.None);
                (await Store.Uploads.FindAsync(id, default))!.CompletedETag.ShouldBe(Content(3).ETag);
                break;
            case 1:
                await Store.Log.AppendAsync(new AbortUpload(id) { Context = NewContext() }, default);
                (await Store.Uploads.FindAsync(id, default))!.IsOpen.ShouldBeFalse();
                break;
            default:
                var page = await Store.Uploads.ListAsync(
                    new ListUploadsRequest(bucket, key, null, null, null, 1000), default);
                page.Uploads.ShouldContain(upload => upload.UploadId == id);
                break;
        }
    }

    private static PartContent Part(int number) => new()
    {
        Size = number,
        ETag = Content(number).ETag,
        Extents = Content(number).Extents,
    };

    private async Task CheckListingsAsync(Random random, long bucket)
    {
        var prefix = random.Next(3) switch { 0 => "a", 1 => "b/", _ => "" };
        var delimiter = random.Next(3) switch { 0 => "/", 1 => "b/", _ => null };
        var limit = random.Next(1, 5);
        var wanted = Reference(prefix, delimiter);
        var got = new List<string>();
        string? after = null;
        do
        {
            var page = await Store.Objects.ListAsync(new ListRequest(bucket, prefix, delimiter, after, limit), default);
            (page.Objects.Count + page.CommonPrefixes.Count).ShouldBeLessThanOrEqualTo(limit);
            got.AddRange(page.Objects.Select(o => $"{o.Key}={o.Size}"));
            got.AddRange(page.CommonPrefixes.Select(p => $"{p}>"));
            after = page.NextAfter;
        }
        while (after is not null);
        got.Order(StringComparer.Ordinal)
            .ShouldBe(wanted.Order(StringComparer.Ordinal), $"prefix {prefix}, delimiter {delimiter}");
    }

    private IEnumerable<string> Reference(string prefix, string? delimiter) => _expected
        .Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))
        .Select(entry =>
        {
            var at = delimiter is null ? -1 : entry.Key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            return at < 0 ? $"{entry.Key}={entry.Value}" : $"{entry.Key[..(at + delimiter!.Length)]}>";
        })
        .Distinct();
}
