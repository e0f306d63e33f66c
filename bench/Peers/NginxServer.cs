using CasStore.Bench.Processes;

namespace CasStore.Bench.Peers;

/// <summary>
/// nginx sending files (sendfile) and taking PUTs into files (its dav module): what a server that neither hashes,
/// signs, records nor flushes makes of the same bytes.
/// </summary>
internal static class NginxServer
{
    private static readonly Dictionary<string, string?> s_none = [];

    public static PeerKind Kind { get; } = new(
        "nginx", "nginx: files sent and received unsigned, unhashed, unflushed", ["nginx"], StartAsync);

    private static async Task<Peer> StartAsync(PeerWorkshop workshop, CancellationToken cancel)
    {
        var endpoint = PeerWorkshop.FreeEndpoint();
        var configuration = workshop.PathOf("nginx.conf");
        foreach (var folder in (string[])["files", "incoming", "scratch"])
            workshop.Directory.CreateSubdirectory(folder);
        await File.WriteAllTextAsync(
            configuration, Configuration(workshop.Directory.FullName, endpoint.ToString()), cancel);
        var server = await workshop.StartAsync(
            "nginx", ["nginx", "-c", configuration, "-e", workshop.PathOf("error.log")], s_none);
        await PeerWorkshop.WaitUntilListeningAsync(server, endpoint, cancel);
        // "nginx version: nginx/1.22.1"
        var version = (await ShortProcess.RunAsync(["nginx", "-v"], s_none, cancel)).Split(": ")[^1].Trim();
        return workshop.Finish(version, endpoint, "", "");
    }

    private static string Configuration(string directory, string endpoint) =>
        // As root it would become another user, who could not enter the directory.
        $$"""
        daemon off;
        {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
        worker_processes auto;
        pid {{directory}}/nginx.pid;
        error_log {{directory}}/error.log;
        events { worker_connections 1024; }
        http {
            access_log off;
            sendfile on;
            tcp_nopush on;
            keepalive_requests 1000000000;
            client_max_body_size 0;
            client_body_temp_path {{directory}}/incoming;
            fastcgi_temp_path {{directory}}/scratch;
            proxy_temp_path {{directory}}/scratch;
            scgi_temp_path {{directory}}/scratch;
            uwsgi_temp_path {{directory}}/scratch;
            server {
                listen {{endpoint}};
                root {{directory}}/files;
                location / {
                    dav_methods PUT DELETE;
                    create_full_put_path on;
                }
            }
        }

        """;
}
