using CasStore.Events.Buckets;
using CasStore.Events.Log;
using CasStore.Events.Objects;
using CasStore.Projections.Objects;
using CasStore.Tests.Integration.Harness;
using Xunit.Abstractions;

namespace CasStore.Tests.Integration.Log;

/// <summary>
/// Random histories of a versioned bucket against a reference in memory: lists of versions, live listings, usage, and
/// the tables that a replay gives.
/// </summary>
public sealed class VersionReplayTests(ITestOutputHelper output) : EventStoreTests
{
    private static readonly string[] Keys = ["a", "a/1", "a/2", "b", "b/c/d", "é", "😀"];

    private sealed record Version(string Id, bool Marker, int Content)
    {
        public string Tag { get; set; } = "";
        public bool Held { get; set; }
    }

    private readonly Dictionary<string, List<Version>> _keys = Keys.ToDictionary(
        key => key, _ => new List<Version>(), StringComparer.Ordinal);

    private VersioningStatus _status;

    [Fact]
    public async Task Versions_are_what_the_reference_says_and_replay_to_the_same_tables()
    {
        var random = new Random(Seed.Choose(output));
        var bucket = await CreateBucketAsync("bucket");
        for (var step = 0; step < 400; step++)
        {
            if (step is 20 or > 20 && random.Next(60) == 0)
                await SetStatusAsync(bucket, step == 20 || random.Next(3) > 0);
            await StepAsync(random, bucket);
            if (step % 10 == 0)
                await CheckAsync(random, bucket);
        }
        (await Store.VerifyAsync(default)).Differences.ShouldBeEmpty();
    }

    [Fact]
    public async Task Commands_of_one_batch_see_which_version_is_the_newest_after_each_other()
    {
        var bucket = await CreateBucketAsync("bucket");
        await SetStatusAsync(bucket, enabled: true);
        var ids = new List<string>();
        for (var content = 1; content <= 6; content++)
            ids.Add(await PutAsync(bucket, "a", content));
        // Appends from one thread queue in order; those behind the first share a batch.
        var appends = ids.AsEnumerable().Reverse().Take(3).Select(id => Store.Log.AppendAsync(
            new DeleteObjects(bucket, [new ObjectDeletion("a", id)]) { Context = NewContext() },
            default).AsTask()).ToList();
        appends.Add(Store.Log.AppendAsync(
            Put(bucket, "a", 9, new Preconditions(IfMatch: Content(3).ETag)), default).AsTask());

        (await Task.WhenAll(appends)).ShouldAllBe(result => result.Rejection == Rejection.None);
        (await Store.Objects.FindAsync(bucket, "a", default))!.Content.Size.ShouldBe(9);
        (await Store.VerifyAsync(default)).Differences.ShouldBeEmpty();
    }

    private async Task StepAsync(Random random, long bucket)
    {
        var key = Keys[random.Next(Keys.Length)];
        var versions = _keys[key];
        var chosen = versions.Count == 0 ? null : versions[random.Next(versions.Count)];
        switch (random.Next(8))
        {
            case 0 or 1 or 2:
                await PutAsync(bucket, key, random.Next(5));
                break;
            case 3:
                await DeleteAsync(bucket, key);
                break;
            case 4 or 5 when chosen is not null:
                var deleted = await AppendAsync(
                    new DeleteObjects(bucket, [new ObjectDeletion(key, chosen.Id)]) { Context = NewContext() });
                deleted.Outcomes.ShouldBe([chosen.Held ? Rejection.ObjectLocked : Rejection.None]);
                if (!chosen.Held)
                    versions.Remove(chosen);
                break;
            case 6 when chosen is { Marker: false }:
                chosen.Tag = random.Next(10).ToString(System.Globalization.CultureInfo.InvariantCulture);
                await AppendAsync(new TagObject(bucket, key, chosen.Id, [new ObjectTag("t", chosen.Tag)])
                {
                    Context = NewContext(),
                });
                break;
            case 7 when chosen is { Marker: false }:
                var held = await Store.Log.AppendAsync(new SetObjectLegalHold(bucket, key, chosen.Id, !chosen.Held)
                {
                    Context = NewContext(),
                }, default);
                held.Rejection.ShouldBe(Rejection.ObjectLockNotEnabled);
                break;
        }
    }

    private async Task<string> PutAsync(long bucket, string key, int content)
    {
        var made = (await AppendAsync(Put(bucket, key, content))).Events.OfType<ObjectCreated>().Single();
        Add(key, new Version(made.VersionId ?? VersionId.Null, Marker: false, content));
        return made.VersionId ?? VersionId.Null;
    }

    private async Task DeleteAsync(long bucket, string key)
    {
        switch ((await AppendAsync(Delete(bucket, key))).Events)
        {
            case [DeleteMarkerCreated marker]:
                _status.ShouldNotBe(VersioningStatus.Off);
                Add(key, new Version(marker.VersionId, Marker: true, 0));
                break;
            case [ObjectDeleted]:
                _status.ShouldBe(VersioningStatus.Off);
                _keys[key].Clear();
                break;
            default:
                (_status, _keys[key].Count).ShouldBe((VersioningStatus.Off, 0));
                break;
        }
    }

    private void Add(string key, Version version)
    {
        if (version.Id == VersionId.Null)
            _keys[key].RemoveAll(other => other.Id == VersionId.Null);
        _keys[key].Insert(0, version);
    }

    private async Task SetStatusAsync(long bucket, bool enabled)
    {
        _status = enabled ? VersioningStatus.Enabled : VersioningStatus.Suspended;
        await AppendAsync(new SetBucketVersioning(bucket, _status) { Context = NewContext() });
    }

    private async Task<AppendResult> AppendAsync(Command command)
    {
        var result = await Store.Log.AppendAsync(command, default);
        result.Rejection.ShouldBe(Rejection.None);
        return result;
    }

    private async Task CheckAsync(Random random, long bucket)
    {
        var limit = random.Next(1, 6);
        var got = new List<string>();
        string? key = null, version = null;
        do
        {
            var page = await Store.Objects.ListVersionsAsync(
                new ListVersionsRequest(bucket, "", null, key, version, limit), default);
            page.Versions.Count.ShouldBeLessThanOrEqualTo(limit);
            foreach (var listed in page.Versions)
            {
                got.Add($"{listed.Object.Key}@{listed.VersionId} {listed.Object.Size} " +
                    $"{(listed.IsLatest ? "latest" : "")} {(listed.IsDeleteMarker ? "marker" : "")}");
            }
            (key, version) = (page.NextKeyMarker, page.NextVersionIdMarker);
        }
        while (key is not null);
        got.ShouldBe(Keys.SelectMany(name => _keys[name].Select((v, i) =>
            $"{name}@{v.Id} {v.Content} {(i == 0 ? "latest" : "")} {(v.Marker ? "marker" : "")}")));

        var live = await Store.Objects.ListAsync(new ListRequest(bucket, "", null, null, 1000), default);
        live.Objects.Select(listed => listed.Key).ShouldBe(
            Keys.Where(name => _keys[name] is [{ Marker: false }, ..]));
        foreach (var (name, versions) in _keys)
        {
            foreach (var expected in versions)
            {
                var found = await Store.Objects.FindVersionAsync(bucket, name, expected.Id, default);
                found.ShouldNotBeNull().IsDeleteMarker.ShouldBe(expected.Marker);
                string.Concat(found.Tags.Select(tag => tag.Value)).ShouldBe(expected.Tag);
            }
        }
        var objects = _keys.Values.SelectMany(v => v).Where(v => !v.Marker).ToList();
        (await ScalarAsync<long>("select coalesce(sum(objects), 0)::bigint from bucket_usage"))
            .ShouldBe(objects.Count);
        (await ScalarAsync<long>("select coalesce(sum(bytes), 0)::bigint from bucket_usage"))
            .ShouldBe(objects.Sum(v => v.Content));
    }
}
