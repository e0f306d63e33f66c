using System.Globalization;

namespace CasStore.Cli.Postgres;

/// <summary>
/// How the embedded server is set: an append-only log and its read models, committed durably in groups. They are given
/// on the command line, so an upgrade of the store brings its own.
/// </summary>
internal static class PostgresSettings
{
    private const long Megabyte = 1024 * 1024;

    /// <param name="hasLz4">Whether the server was built with it.</param>
    public static IEnumerable<string> Arguments(bool hasLz4) =>
        All(hasLz4).SelectMany(setting => new[] { "-c", setting });

    private static IEnumerable<string> All(bool hasLz4) =>
    [
        // Reached through a socket in the cluster's own directory, of mode 0700: who can reach it is already trusted.
        "listen_addresses=",
        "port=5432",
        "unix_socket_directories=.",
        "cluster_name=casstore",
        // What the store acknowledges must be on disk.
        "fsync=on",
        "synchronous_commit=on",
        "full_page_writes=on",
        // A page goes to the log whole when it is first changed after a checkpoint: in a large store half a page for
        // each new object. PostgreSQL's own compression takes several times the processor time of LZ4.
        hasLz4 ? "wal_compression=lz4" : "wal_compression=on",
        "max_wal_size=4GB",
        "min_wal_size=512MB",
        "wal_buffers=16MB",
        "checkpoint_timeout=15min",
        "checkpoint_completion_target=0.9",
        string.Create(CultureInfo.InvariantCulture, $"shared_buffers={SharedBuffersMegabytes()}MB"),
        "max_connections=100",
        "random_page_cost=1.1",
        "jit=off",
        "autovacuum=on",
        "update_process_title=off",
        "timezone=UTC",
        "log_timezone=UTC",
        "log_min_messages=warning",
        "log_checkpoints=off",
        "log_line_prefix=%m [%p] ",
    ];

    // Modest: the page cache does most of the work, and the memory is shared with the other processes of the store.
    private static long SharedBuffersMegabytes() =>
        Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 16 / Megabyte, 64, 512);
}
