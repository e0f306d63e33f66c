using CasStore.Events.Objects;
using CasStore.Events.Uploads;
using CasStore.Projections.Uploads;
using CasStore.Tests.Integration.Harness;
using CasStore.Tests.Integration.Log;
using Xunit.Abstractions;

namespace CasStore.Tests.Integration.Multipart;

/// <summary>Pages of uploads, of any size and rolled up in any way, are the fold of what was started.</summary>
public sealed class ListUploadPagesTests(ITestOutputHelper output) : EventStoreTests
{
    private static readonly string[] s_words = ["a", "b", "/", "-", "é", "\uFFFD", "😀"];

    [Fact]
    public async Task Pages_put_together_are_the_uploads_by_key_and_start()
    {
        var bucket = await CreateBucketAsync("bucket");
        var random = new Random(Seed.Choose(output));
        var started = new List<(string Key, string Id)>();
        for (var i = 0; i < 60; i++)
        {
            var key = string.Concat(random.GetItems(s_words, random.Next(1, 5)));
            started.Add((key, $"upload-{i}"));
            await Store.Log.AppendAsync(Start(bucket, key, $"upload-{i}"), default);
        }
        foreach (var (_, id) in started.Where((_, i) => i % 5 == 0))
            await Store.Log.AppendAsync(new AbortUpload(id) { Context = NewContext() }, default);
        var open = started.Where((_, i) => i % 5 != 0).OrderBy(upload => upload.Key, Utf8Order.Instance).ToList();

        foreach (var prefix in new[] { "", "a", "b/", "😀" })
        {
            foreach (var delimiter in new[] { null, "/", "a", "/-", "😀" })
            {
                foreach (var limit in new[] { 1, 2, 7, 1000 })
                {
                    (await WalkAsync(bucket, prefix, delimiter, limit)).ShouldBe(
                        Expected(open, prefix, delimiter),
                        // A page has its uploads first, then its common prefixes.
                        ignoreOrder: delimiter is not null && limit > 1,
                        $"prefix '{prefix}' delimiter '{delimiter}' by {limit}");
                }
            }
        }
    }

    private static List<string> Expected(List<(string Key, string Id)> open, string prefix, string? delimiter)
    {
        var entries = new List<string>();
        foreach (var (key, id) in open.Where(upload => upload.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            var at = delimiter is null ? -1 : key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            entries.Add(at < 0 ? id : $"[{key[..(at + delimiter!.Length)]}]");
        }
        return entries.Distinct().ToList();
    }

    /// <summary>What all pages hold, each of them once.</summary>
    private async Task<List<string>> WalkAsync(long bucket, string prefix, string? delimiter, int limit)
    {
        var entries = new List<string>();
        (string? Key, string? UploadId) marker = default;
        do
        {
            var page = await Store.Uploads.ListAsync(
                new ListUploadsRequest(bucket, prefix, delimiter, marker.Key, marker.UploadId, limit), default);
            (page.Uploads.Count + page.CommonPrefixes.Count).ShouldBeLessThanOrEqualTo(limit);
            entries.AddRange(page.Uploads.Select(upload => upload.UploadId));
            entries.AddRange(page.CommonPrefixes.Select(rolled => $"[{rolled}]"));
            marker = (page.NextKeyMarker, page.NextUploadIdMarker);
        }
        while (marker.Key is not null);
        return entries;
    }

    private static StartUpload Start(long bucket, string key, string id) => new(new UploadStarted
    {
        UploadId = id,
        BucketId = bucket,
        Key = key,
        Initiator = "alice",
        Metadata = new ObjectMetadata { StorageClass = "STANDARD_IA" },
    })
    { Context = NewContext() };
}
