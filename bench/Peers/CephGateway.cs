using System.Globalization;
using CasStore.Bench.Processes;

namespace CasStore.Bench.Peers;

/// <summary>
/// Ceph's S3 gateway on the smallest cluster that is durable: a monitor, a manager, and one BlueStore daemon in a file,
/// all with their defaults but for one copy instead of three, and for answers that go out at once (tcp_nodelay):
/// without it they wait 40 ms for the client's acknowledgement.
/// </summary>
internal static class CephGateway
{
    private const string User = "bench";
    private const string StoredBytes = "40G";

    public static PeerKind Kind { get; } = new(
        "ceph", "Ceph RGW: an S3 server that flushes before it answers",
        ["ceph", "ceph-mon", "ceph-mgr", "ceph-osd", "radosgw", "radosgw-admin", "monmaptool"], StartAsync)
    { SpeaksS3 = true };

    private static async Task<Peer> StartAsync(PeerWorkshop workshop, CancellationToken cancel)
    {
        var endpoint = PeerWorkshop.FreeEndpoint();
        var monitor = PeerWorkshop.FreeEndpoint().ToString();
        var cluster = Guid.NewGuid().ToString();
        var configuration = workshop.PathOf("ceph.conf");
        await File.WriteAllTextAsync(
            configuration, Configuration(workshop.Directory.FullName, cluster, monitor, endpoint.ToString()), cancel);
        await File.WriteAllTextAsync(workshop.PathOf("keyring"), CephKeyring.Generate(), cancel);
        foreach (var daemon in (string[])["mon", "mgr", "osd", "rgw"])
            workshop.Directory.CreateSubdirectory(daemon);
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["CEPH_CONF"] = configuration };
        Task<string> RunAsync(params IReadOnlyList<string> command) =>
            ShortProcess.RunAsync(command, environment, cancel);

        var map = workshop.PathOf("monmap");
        await RunAsync("monmaptool", "--create", "--fsid", cluster, "--addv", "a", $"[v2:{monitor}/0]", map);
        await RunAsync("ceph-mon", "--mkfs", "-i", "a", "--monmap", map, "--keyring", workshop.PathOf("keyring"));
        await workshop.StartAsync("mon", ["ceph-mon", "-f", "-i", "a"], environment);
        var disk = Guid.NewGuid().ToString();
        await RunAsync("ceph", "osd", "new", disk);
        await workshop.StartAsync("mgr", ["ceph-mgr", "-f", "-i", "x"], environment);
        await RunAsync("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", disk);
        await workshop.StartAsync("osd", ["ceph-osd", "-f", "-i", "0"], environment);

        var (accessKey, secretKey) = ("CEPHBENCHMARK", Guid.NewGuid().ToString("N"));
        await RunAsync("radosgw-admin", "user", "create", $"--uid={User}", $"--display-name={User}",
            $"--access-key={accessKey}", $"--secret={secretKey}", "--max-buckets=0");
        var gateway = await workshop.StartAsync("rgw", ["radosgw", "-f", "-n", "client.rgw"], environment);
        await PeerWorkshop.WaitUntilListeningAsync(gateway, endpoint, cancel);
        // "ceph version 16.2.15 (618f…) pacific (stable)"
        var version = string.Join(' ', (await RunAsync("radosgw", "--version")).Split(' ').Take(3));
        return workshop.Finish(version, endpoint, accessKey, secretKey);
    }

    private static string Configuration(string directory, string cluster, string monitor, string endpoint) =>
        string.Create(CultureInfo.InvariantCulture, $"""
            [global]
            fsid = {cluster}
            mon host = [v2:{monitor}/0]
            public network = 127.0.0.0/8
            osd pool default size = 1
            osd pool default min size = 1
            osd crush chooseleaf type = 0
            mon allow pool size one = true
            bluestore block size = {StoredBytes}
            keyring = {directory}/keyring
            mon data = {directory}/mon
            mgr data = {directory}/mgr
            osd data = {directory}/osd
            rgw data = {directory}/rgw
            run dir = {directory}
            crash dir = {directory}
            admin socket = {directory}/$name.asok
            pid file = {directory}/$name.pid
            log file = {directory}/$name.log

            [client.rgw]
            rgw frontends = beast endpoint={endpoint} tcp_nodelay=1

            """);
}
