using System.Globalization;
using Amazon.S3.Model;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Listing;

public sealed class ListObjectVersionsTests : VersionTests
{
    [Fact]
    public async Task Shows_versions_and_markers_interleaved_the_newest_of_a_key_first()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/a", "null version");
        await SetVersioningAsync(bucket, "Enabled");
        var one = await PutVersionAsync($"/{bucket}/a", "12345");
        var marker = await MarkAsync($"/{bucket}/a");
        var two = await PutVersionAsync($"/{bucket}/a", "x");
        var other = await PutVersionAsync($"/{bucket}/b", "x");
        var answer = (await Raw.GetAsync($"/{bucket}?versions")).ShouldBe(200);
        Entries(answer).ShouldBe([$"a@{two}*", $"a@{marker}†", $"a@{one}", "a@null", $"b@{other}*"]);
        answer.Xml.Name.LocalName.ShouldBe("ListVersionsResult");
        (answer.Element("Name"), answer.Element("MaxKeys"), answer.Element("IsTruncated"))
            .ShouldBe((bucket, "1000", "false"));
        answer.Xml.Elements().Where(e => e.Name.LocalName == "DeleteMarker").Single().Elements()
            .Select(e => e.Name.LocalName).ShouldBe(["Key", "VersionId", "IsLatest", "LastModified", "Owner"]);
        answer.Xml.Elements().First(e => e.Name.LocalName == "Version").Elements().Select(e => e.Name.LocalName)
            .ShouldBe([
                "Key", "VersionId", "IsLatest", "LastModified", "ETag", "ChecksumAlgorithm", "ChecksumType", "Size",
                "Owner", "StorageClass",
            ]);
    }

    [Fact]
    public async Task A_bucket_that_was_never_versioned_lists_null_versions()
    {
        var bucket = await NewBucketAsync();
        foreach (var key in new[] { "b", "a" })
        {
            await Raw.PutAsync($"/{bucket}/{key}", "x");
            await Raw.PutAsync($"/{bucket}/{key}", "y");
        }
        (await VersionsAsync(bucket)).ShouldBe(["a@null*", "b@null*"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Pages_add_up_to_the_whole_list(int size)
    {
        var bucket = await NewBucketAsync();
        foreach (var key in new[] { "a", "b/1", "c" })
            await Raw.PutAsync($"/{bucket}/{key}", "null version");
        await SetVersioningAsync(bucket, "Enabled");
        foreach (var key in new[] { "a", "b/1", "b/2", "b/1", "a", "d%20e" })
            await PutVersionAsync($"/{bucket}/{key}", "x");
        foreach (var key in new[] { "b/1", "c", "never" })
            await MarkAsync($"/{bucket}/{key}");
        await SetVersioningAsync(bucket, "Suspended");
        await Raw.PutAsync($"/{bucket}/b/1", "the null version is the newest now");
        await MarkAsync($"/{bucket}/d%20e");

        var whole = await VersionsAsync(bucket);
        whole.Count.ShouldBe(13);
        var (paged, pages) = await PagesAsync(bucket, "", size);
        paged.ShouldBe(whole);
        pages.ShouldBe((whole.Count + size - 1) / size);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_delimiter_rolls_keys_up(int size)
    {
        var bucket = await NewVersionedBucketAsync();
        foreach (var key in new[] { "a", "dir/1", "dir/1", "dir/2", "dir/sub/3", "e", "f/g" })
            await PutVersionAsync($"/{bucket}/{key}", "x");
        await MarkAsync($"/{bucket}/f/g");
        var (rolled, _) = await PagesAsync(bucket, "&delimiter=/", size);
        rolled.Select(entry => entry.Split('@')[0]).ShouldBe(["a", "[dir/]", "e", "[f/]"]);
        (rolled, _) = await PagesAsync(bucket, "&delimiter=/&prefix=dir/", size);
        rolled.Select(entry => entry.Split('@')[0]).ShouldBe(["dir/1", "dir/1", "dir/2", "[dir/sub/]"]);
    }

    [Fact]
    public async Task A_prefix_bounds_the_list()
    {
        var bucket = await NewVersionedBucketAsync();
        foreach (var key in new[] { "a", "ab", "ab", "abc", "b" })
            await PutVersionAsync($"/{bucket}/{key}", "x");
        (await VersionsAsync(bucket, "&prefix=ab")).Select(entry => entry.Split('@')[0]).ShouldBe(["ab", "ab", "abc"]);
        (await VersionsAsync(bucket, "&prefix=zzz")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Goes_on_after_a_key_or_after_one_of_its_versions()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/a", "null version");
        await SetVersioningAsync(bucket, "Enabled");
        var versions = new List<string>();
        for (var n = 0; n < 3; n++)
            versions.Insert(0, await PutVersionAsync($"/{bucket}/a", $"{n}"));
        var other = await PutVersionAsync($"/{bucket}/b", "x");
        (await VersionsAsync(bucket, "&key-marker=a")).ShouldBe([$"b@{other}*"]);
        (await VersionsAsync(bucket, $"&key-marker=a&version-id-marker={versions[1]}"))
            .ShouldBe([$"a@{versions[2]}", "a@null", $"b@{other}*"]);
        (await VersionsAsync(bucket, "&key-marker=a&version-id-marker=null")).ShouldBe([$"b@{other}*"]);
        // A marker that was deleted since still says where to go on.
        await DeleteAsync($"/{bucket}/a", versions[1]);
        (await VersionsAsync(bucket, $"&key-marker=a&version-id-marker={versions[1]}"))
            .ShouldBe([$"a@{versions[2]}", "a@null", $"b@{other}*"]);
        await DeleteAsync($"/{bucket}/a", "null");
        (await VersionsAsync(bucket, "&key-marker=a&version-id-marker=null"))
            .ShouldBe([$"a@{versions[0]}*", $"a@{versions[2]}", $"b@{other}*"]);
        (await VersionsAsync(bucket, "&key-marker=b")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Lists_a_thousand_versions_of_one_key_in_pages()
    {
        var bucket = await NewVersionedBucketAsync();
        var made = await Task.WhenAll(Enumerable.Range(0, 1005)
            .Select(n => PutVersionAsync($"/{bucket}/key", $"{n % 7}")));
        var page = await S3.ListVersionsAsync(new ListVersionsRequest { BucketName = bucket });
        (page.Versions.Count, page.IsTruncated).ShouldBe((1000, true));
        (page.NextKeyMarker, page.NextVersionIdMarker).ShouldBe(("key", page.Versions[^1].VersionId));
        var rest = await S3.ListVersionsAsync(new ListVersionsRequest
        {
            BucketName = bucket,
            KeyMarker = page.NextKeyMarker,
            VersionIdMarker = page.NextVersionIdMarker,
        });
        rest.IsTruncated.ShouldBe(false);
        page.Versions.Concat(rest.Versions).Select(v => v.VersionId)
            .ShouldBe(made.OrderDescending(StringComparer.Ordinal));
        page.Versions.Concat(rest.Versions).Count(v => v.IsLatest == true).ShouldBe(1);
        (await PagesAsync(bucket, "&delimiter=/", 200)).Entries.Count.ShouldBe(1005);
    }

    [Fact]
    public async Task Encodes_names_when_asked()
    {
        var bucket = await NewVersionedBucketAsync();
        await PutVersionAsync($"/{bucket}/a%20%26b/1", "x");
        await PutVersionAsync($"/{bucket}/a%20%26b%2B", "x");
        var answer = (await Raw.GetAsync(
            $"/{bucket}?versions&encoding-type=url&delimiter=/&prefix=a%20&max-keys=1&key-marker=a%20")).ShouldBe(200);
        answer.Element("EncodingType").ShouldBe("url");
        answer.Xml.Elements().Single(e => e.Name.LocalName == "Prefix").Value.ShouldBe("a%20");
        (answer.Element("KeyMarker"), answer.Element("Delimiter")).ShouldBe(("a%20", "/"));
        (answer.Element("Key"), answer.Element("NextKeyMarker")).ShouldBe(("a%20%26b%2B", "a%20%26b%2B"));
        answer = await Raw.GetAsync(
            $"/{bucket}?versions&encoding-type=url&delimiter=/&key-marker={Uri.EscapeDataString("a &b+")}");
        answer.Elements("Prefix").ShouldBe(["", "a%20%26b/"]);
        (await Raw.GetAsync($"/{bucket}?versions&encoding-type=base64")).ShouldBeError(400, "InvalidArgument");
    }

    [Fact]
    public async Task No_keys_at_most_is_an_empty_page()
    {
        var bucket = await NewVersionedBucketAsync();
        await PutVersionAsync($"/{bucket}/key", "x");
        var answer = (await Raw.GetAsync($"/{bucket}?versions&max-keys=0")).ShouldBe(200);
        (answer.Element("MaxKeys"), answer.Element("IsTruncated"), Entries(answer).Count).ShouldBe(("0", "false", 0));
        (await Raw.GetAsync($"/{bucket}?versions&max-keys=5000")).Element("MaxKeys").ShouldBe("1000");
    }

    [Theory]
    [InlineData("version-id-marker=null", "version-id-marker",
        "A version-id marker cannot be specified without a key marker.")]
    [InlineData("key-marker=a&version-id-marker=abc", "version-id-marker", "Invalid version id specified")]
    [InlineData("max-keys=-1", "max-keys", null)]
    [InlineData("max-keys=many", "max-keys", null)]
    public async Task Rejects_invalid_arguments(string query, string argument, string? message)
    {
        var bucket = await NewVersionedBucketAsync();
        (await Raw.GetAsync($"/{bucket}?versions&{query}")).ShouldBeError(400, "InvalidArgument", message)
            .Element("ArgumentName").ShouldBe(argument);
    }

    [Fact]
    public async Task Rejects_an_unknown_bucket() =>
        (await Raw.GetAsync($"/{UniqueName()}?versions")).ShouldBeError(404, "NoSuchBucket");

    /// <summary>Versions and, in brackets, common prefixes, page by page.</summary>
    private async Task<(List<string> Entries, int Pages)> PagesAsync(string bucket, string query, int size)
    {
        var entries = new List<string>();
        var (pages, markers) = (0, "");
        while (true)
        {
            var page = (await Raw.GetAsync(string.Create(CultureInfo.InvariantCulture,
                $"/{bucket}?versions&max-keys={size}{query}{markers}"))).ShouldBe(200);
            var prefixes = page.Xml.Elements().Where(e => e.Name.LocalName == "CommonPrefixes")
                .Select(e => $"[{e.Elements().Single().Value}]");
            var own = Entries(page).Concat(prefixes)
                .OrderBy(e => e.Trim('[', ']').Split('@')[0], Utf8Order.Instance).ToList();
            own.Count.ShouldBeLessThanOrEqualTo(size);
            entries.AddRange(own);
            pages++;
            if (page.Element("IsTruncated") == "false")
            {
                page.Elements("NextKeyMarker").ShouldBeEmpty();
                return (entries, pages);
            }
            markers = $"&key-marker={Uri.EscapeDataString(page.Element("NextKeyMarker")!)}" +
                (page.Element("NextVersionIdMarker") is { } version ? $"&version-id-marker={version}" : "");
        }
    }
}
