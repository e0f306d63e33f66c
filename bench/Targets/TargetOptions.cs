using System.CommandLine;
using CasStore.Bench.Http;
using CasStore.Bench.Peers;
using CasStore.Bench.Store;

namespace CasStore.Bench.Targets;

/// <summary>The options that say what is driven: a fresh store, or an endpoint that runs already.</summary>
internal sealed class TargetOptions
{
    private readonly Option<Uri?> _endpoint = new("--endpoint")
    {
        Description = "Drive this S3 endpoint (http://HOST:PORT) rather than a fresh store",
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var endpoint))
                return endpoint;
            result.AddError("--endpoint takes http://HOST[:PORT].");
            return null;
        },
    };

    private readonly Option<string?> _accessKey = new("--access-key")
    {
        Description = "For --endpoint (default: AWS_ACCESS_KEY_ID)",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID"),
    };

    private readonly Option<string?> _secretKey = new("--secret-key")
    {
        Description = "For --endpoint (default: AWS_SECRET_ACCESS_KEY, which other users do not see)",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("AWS_SECRET_ACCESS_KEY"),
    };

    private readonly Option<string> _region = new("--region")
    {
        Description = "For --endpoint",
        DefaultValueFactory = _ => "us-east-1",
    };

    private readonly Option<int[]> _processes = new("--process-id")
    {
        Description = "A process of the server of --endpoint, for its processor time and memory; may be repeated",
    };

    private readonly Option<string[]> _peers = new("--peer")
    {
        Description = "Drive this server too, in the same run; may be repeated",
    };

    private readonly Option<int> _delay = BenchOptions.FlushDelay();

    public TargetOptions() => _peers.AcceptOnlyFromAmong(
        [.. PeerKind.All.Where(kind => kind.SpeaksS3).Select(kind => kind.Name)]);

    public Option<string> Directory { get; } = BenchOptions.Directory();

    public void AddTo(Command command)
    {
        Option[] options = [_endpoint, _accessKey, _secretKey, _region, _processes, _peers, _delay, Directory];
        foreach (var option in options)
            command.Add(option);
    }

    /// <summary>Starts what the suite shall drive.</summary>
    public async Task<TargetSet> StartAsync(ParseResult parsed, CancellationToken cancel)
    {
        var targets = new TargetSet();
        try
        {
            if (parsed.GetValue(_endpoint) is { } endpoint)
                targets.Add(Foreign(parsed, endpoint));
            else
                targets.Add(await FreshStore.StartAsync(
                    parsed.GetRequiredValue(Directory), parsed.GetValue(_delay), cancel));
            foreach (var name in parsed.GetValue(_peers) ?? [])
            {
                var kind = PeerKind.All.Single(kind => kind.Name == name);
                var peer = await kind.StartAsync(parsed.GetRequiredValue(Directory), cancel);
                targets.Add(Of(peer), peer);
            }
            return targets;
        }
        catch
        {
            await targets.DisposeAsync();
            throw;
        }
    }

    private static Target Of(Peer peer) => new(
        peer.Name, new Uri($"http://{peer.Endpoint}"), new Signer(peer.AccessKey, peer.SecretKey))
    {
        ProcessIds = peer.ProcessIds,
    };

    private Target Foreign(ParseResult parsed, Uri endpoint)
    {
        if (parsed.GetValue(_accessKey) is not { Length: > 0 } accessKey
            || parsed.GetValue(_secretKey) is not { Length: > 0 } secretKey)
        {
            throw new BenchmarkException("--endpoint needs --access-key and --secret-key.");
        }
        var processes = parsed.GetValue(_processes) ?? [];
        var signer = new Signer(accessKey, secretKey, parsed.GetRequiredValue(_region));
        return new Target(endpoint.Authority, endpoint, signer)
        {
            ProcessIds = processes,
            FrontEndId = processes.Length > 0 ? processes[0] : null,
        };
    }
}
