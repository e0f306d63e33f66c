using CasStore.Events.Schema;

namespace CasStore.Projections.Engine;

/// <summary>The schema's forward steps: the log's, then each view's.</summary>
internal static class ViewMigrations
{
    public static IReadOnlyList<Migration> All { get; } =
    [
        .. Migration.Log,
        View(2, "buckets"),
        View(3, "objects"),
        View(4, "usage"),
        View(5, "uploads"),
        View(6, "blobs"),
        View(7, "access"),
        View(8, "activity"),
        View(9, "bucket_settings"),
        View(10, "object_versions"),
        View(11, "object_listing"),
    ];

    private static Migration View(int version, string name) =>
        Migration.FromResource(version, name, typeof(ViewMigrations).Assembly);
}
