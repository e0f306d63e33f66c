using System.Globalization;
using CasStore.Bench.Scale;
using CasStore.Events.Log;

namespace CasStore.Bench.Listing;

/// <summary>The buckets that are listed: what is in them follows from the number of keys of the largest.</summary>
internal sealed class ListBuckets(int keys)
{
    public const string Nested = "nested", Tree = "tree", Versions = "versions", Ended = "ended", Uploads = "uploads";
    public const int KeysOfPrefix = 10, BranchesOfTree = 1000, VersionsOfKey = 3, UploadsOfPrefix = 10;

    /// <summary>Keys of the flat buckets, the smallest first.</summary>
    public IReadOnlyList<int> FlatSizes { get; } =
        [.. new[] { keys / 100, keys / 10, keys }.Where(size => size >= 10)];

    public int Prefixes => keys / KeysOfPrefix;

    /// <summary>Top-level folders of the tree; each has so many branches, and each branch two keys.</summary>
    public int Tops => Math.Max(1, keys / 10 / BranchesOfTree / 2);

    /// <summary>Keys with older versions; every tenth is deleted by a marker.</summary>
    public int VersionedKeys => keys / 10;

    /// <summary>Older versions of the one key that has many.</summary>
    public int Overwrites => keys / 50;

    /// <summary>Keys that were deleted, between those that are left.</summary>
    public int EndedKeys => keys / 2;

    public int OpenUploads => keys / 100;

    public static string Flat(int size) => string.Create(CultureInfo.InvariantCulture, $"flat-{size}");

    public static string Key(int number) => string.Create(CultureInfo.InvariantCulture, $"key-{number:d8}");

    public static string Folder(int number) => string.Create(CultureInfo.InvariantCulture, $"folder-{number:d6}/");

    public async Task SeedAsync(Seeder seeder, CancellationToken cancel)
    {
        foreach (var size in FlatSizes)
            await AddAsync(Flat(size), false, bucket => Range(size).Select(n => seeder.Put(bucket, Key(n))));
        await AddAsync(Nested, false, bucket =>
            from folder in Range(Prefixes)
            from n in Range(KeysOfPrefix)
            select seeder.Put(bucket, Folder(folder) + Key(n)));
        await AddAsync(Tree, false, bucket =>
            from top in Range(Tops)
            from branch in Range(BranchesOfTree)
            from n in Range(2)
            select seeder.Put(bucket, Folder(top) + Folder(branch) + Key(n)));
        await AddAsync(Versions, true, bucket => VersionsOf(seeder, bucket));
        await AddAsync(Ended, false, bucket => Range(EndedKeys).Select(n => seeder.Put(bucket, Key(n)))
            .Concat<Command>(Range(EndedKeys).Where(n => n % 100 != 0).Select(n => seeder.Delete(bucket, Key(n)))));
        await AddAsync(Uploads, false, bucket =>
            Range(OpenUploads).Select(n => seeder.Start(bucket, Folder(n / UploadsOfPrefix) + Key(n))));

        async Task AddAsync(string bucket, bool versioned, Func<long, IEnumerable<Command>> commands) =>
            await seeder.AppendAllAsync(commands(await seeder.MakeBucketAsync(bucket, versioned, cancel)), cancel);
    }

    private IEnumerable<Command> VersionsOf(Seeder seeder, long bucket)
    {
        for (var version = 0; version < VersionsOfKey; version++)
        {
            foreach (var n in Range(VersionedKeys))
                yield return seeder.Put(bucket, Folder(n / KeysOfPrefix) + Key(n));
        }
        foreach (var n in Range(VersionedKeys).Where(n => n % 10 == 0))
            yield return seeder.Delete(bucket, Folder(n / KeysOfPrefix) + Key(n));
        foreach (var _ in Range(Overwrites))
            yield return seeder.Put(bucket, "overwritten");
    }

    private static IEnumerable<int> Range(int count) => Enumerable.Range(0, count);
}
