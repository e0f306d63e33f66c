using System.Diagnostics;
using CasStore.Bench.Http;
using CasStore.Bench.Scale;
using CasStore.Bench.Store;

namespace CasStore.Bench.Listing;

/// <summary>Listings of large buckets: what a page costs wherever it is, and whole listings.</summary>
internal sealed class ListBenchmark(int keys, int rounds, string directory)
{
    private const int WarmUpRounds = 5;
    private readonly ListBuckets _buckets = new(keys);
    private int _errors;

    /// <summary>A page that is measured; <paramref name="PathOf"/> is given a number that moves deep pages.</summary>
    private sealed record Listing(string Name, Func<int, string> PathOf)
    {
        public List<double> Milliseconds { get; } = [];
        public int Entries { get; set; }
    }

    public async Task<ListReport> RunAsync(CancellationToken cancel)
    {
        await using var store = await FreshStore.StartAsync(directory, delayMicroseconds: 0, cancel);
        var clock = Stopwatch.StartNew();
        await using (var seeder = await Seeder.OpenAsync(store, cancel))
            await _buckets.SeedAsync(seeder, cancel);
        var seeded = clock.Elapsed.TotalSeconds;

        var pages = Pages().ToList();
        var sizes = _buckets.FlatSizes.Select(size => (Size: size, Pages: FlatPages(size))).ToList();
        // All kinds in each round: what else the machine does then slows them all.
        using (var connection = await store.ConnectAsync(cancel))
        {
            for (var round = -WarmUpRounds; round < rounds; round++)
            {
                foreach (var page in pages.Concat(sizes.SelectMany(size => size.Pages)))
                    await MeasureAsync(connection, page, round, cancel);
            }
        }
        var walks = new List<WalkRow>
        {
            await WalkFlatAsync(store, connections: 1, cancel),
            await WalkFlatAsync(store, connections: 4, cancel),
            await WalkAsync(
                store, "common prefixes", [(ListPaths.Objects(ListBuckets.Nested, delimiter: "/"), long.MaxValue)],
                cancel),
            await WalkAsync(store, "versions", [(ListPaths.Versions(ListBuckets.Versions), long.MaxValue)], cancel),
            await WalkAsync(store, "uploads", [(ListPaths.Uploads(ListBuckets.Uploads), long.MaxValue)], cancel),
        };
        return new ListReport(
            store.ApiBuild, Environment.ProcessorCount, keys, seeded, [.. pages.Select(Row)],
            [.. sizes.Select(size => SizeRow(size.Size, size.Pages, sizes[0].Pages))], walks, _errors);
    }

    private IEnumerable<Listing> Pages()
    {
        var (flat, last) = (ListBuckets.Flat(keys), keys - ListPaths.PageSize - 1);
        const string Nested = ListBuckets.Nested, Versions = ListBuckets.Versions, Uploads = ListBuckets.Uploads;
        string MiddleFolder(int all, int round) => ListBuckets.Folder(all / 2 + Moved(round, all / 4));

        yield return new("objects: first page", _ => ListPaths.Objects(flat));
        yield return new("objects: in the middle",
            r => ListPaths.Objects(flat, ListBuckets.Key(keys / 2 + Moved(r, keys / 4))));
        yield return new("objects: last page", _ => ListPaths.Objects(flat, ListBuckets.Key(last)));
        yield return new("objects, version 1", r => ListPaths.Objects1(flat, ListBuckets.Key(Moved(r, keys / 2))));
        yield return new("common prefixes: first page", _ => ListPaths.Objects(Nested, delimiter: "/"));
        yield return new("common prefixes: in the middle",
            r => ListPaths.Objects(Nested, MiddleFolder(_buckets.Prefixes, r), "/"));
        yield return new("common prefixes below a prefix", r => ListPaths.Objects(
            ListBuckets.Tree, delimiter: "/", prefix: ListBuckets.Folder(Moved(r, _buckets.Tops))));
        yield return new("objects between deleted ones", _ => ListPaths.Objects(ListBuckets.Ended));
        yield return new("versions: first page", _ => ListPaths.Versions(Versions));
        yield return new("versions: in the middle",
            r => ListPaths.Versions(Versions, MiddleFolder(_buckets.VersionedKeys / ListBuckets.KeysOfPrefix, r)));
        yield return new("versions of one key", _ => ListPaths.Versions(Versions, "overwritte"));
        yield return new("versions: common prefixes", _ => ListPaths.Versions(Versions, delimiter: "/"));
        yield return new("uploads: first page", _ => ListPaths.Uploads(Uploads));
        yield return new("uploads: in the middle",
            r => ListPaths.Uploads(Uploads, MiddleFolder(_buckets.OpenUploads / ListBuckets.UploadsOfPrefix, r)));
        yield return new("uploads: common prefixes", _ => ListPaths.Uploads(Uploads, delimiter: "/"));
    }

    /// <summary>First page, one in the middle, and the last: of as many keys in each bucket.</summary>
    private List<Listing> FlatPages(int size)
    {
        var bucket = ListBuckets.Flat(size);
        var page = Math.Min(ListPaths.PageSize, _buckets.FlatSizes[0] / 4);
        return
        [
            new($"{size} keys: first page", _ => ListPaths.Objects(bucket, limit: page)),
            new($"{size} keys: in the middle",
                r => ListPaths.Objects(bucket, ListBuckets.Key(size / 2 + Moved(r, size / 4)), limit: page)),
            new($"{size} keys: last page",
                _ => ListPaths.Objects(bucket, ListBuckets.Key(size - page - 1), limit: page)),
        ];
    }

    /// <summary>A number below a limit, another one each round.</summary>
    private static int Moved(int round, int limit) => limit < 1 ? 0 : (int)((uint)round * 7919 % limit);

    private async Task MeasureAsync(S3Connection connection, Listing listing, int round, CancellationToken cancel)
    {
        var path = listing.PathOf(round);
        var start = Stopwatch.GetTimestamp();
        var response = await connection.SendAsync("GET", path, default, cancel);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        listing.Entries = EntriesOf(response.Body.Span);
        if (response.Status != 200 || listing.Entries == 0)
            _errors++;
        else if (round >= 0)
            listing.Milliseconds.Add(elapsed);
    }

    private Task<WalkRow> WalkFlatAsync(FreshStore store, int connections, CancellationToken cancel)
    {
        var share = keys / connections;
        return WalkAsync(store, "objects", [.. Enumerable.Range(0, connections).Select(part => (
            ListPaths.Objects(ListBuckets.Flat(keys), part == 0 ? null : ListBuckets.Key(part * share - 1)),
            (long)share))], cancel);
    }

    /// <summary>Walks listings at the same time, each from its path over so many entries.</summary>
    private static async Task<WalkRow> WalkAsync(
        FreshStore store, string name, (string Path, long Entries)[] parts, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var entries = await Task.WhenAll(parts.Select(part => Task.Run(
            async () =>
            {
                using var connection = await store.ConnectAsync(cancel);
                var seen = 0L;
                for (var path = part.Path; path is not null && seen < part.Entries;)
                {
                    var response = await connection.SendAsync("GET", path, default, cancel);
                    if (response.Status != 200)
                        throw new BenchmarkException($"A listing failed (status {response.Status}).");
                    seen += EntriesOf(response.Body.Span);
                    path = ListPaths.Next(path, response.Body.Span);
                }
                return Math.Min(seen, part.Entries);
            },
            cancel)));
        var seconds = clock.Elapsed.TotalSeconds;
        return new WalkRow(name, parts.Length, entries.Sum(), seconds, entries.Sum() / seconds);
    }

    private static int EntriesOf(ReadOnlySpan<byte> page) => page.Count("<Key>"u8) + page.Count("<CommonPrefixes>"u8);

    private static PageRow Row(Listing listing)
    {
        var median = Quantile(listing, 0.5);
        return new PageRow(
            listing.Name, listing.Entries, median, Quantile(listing, 0.99), listing.Entries * 1000 / median);
    }

    private static SizeRow SizeRow(int keys, List<Listing> pages, List<Listing> smallest)
    {
        double Ratio(int page) => Quantile(pages[page], 0.5) / Quantile(smallest[page], 0.5);
        return new SizeRow(keys, Ratio(0), Ratio(1), Ratio(2));
    }

    private static double Quantile(Listing listing, double quantile)
    {
        var sorted = listing.Milliseconds.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[(int)Math.Ceiling(quantile * sorted.Count) - 1];
    }
}
