using System.Net;
using System.Net.Sockets;
using CasStore.Bench.Http;
using CasStore.Bench.Store;

namespace CasStore.Bench.Targets;

/// <summary>An S3 endpoint that suites drive: a store of ours, or any other.</summary>
internal sealed class Target
{
    private readonly IPEndPoint _address;

    /// <summary>Takes an endpoint that someone else starts and stops.</summary>
    /// <exception cref="BenchmarkException">The endpoint cannot be driven.</exception>
    public Target(string name, Uri endpoint, Signer signer)
    {
        if (endpoint.Scheme != Uri.UriSchemeHttp)
            throw new BenchmarkException("The load generator speaks plain http only: --endpoint http://HOST[:PORT]");
        try
        {
            _address = new IPEndPoint(Dns.GetHostAddresses(endpoint.Host)[0], endpoint.Port);
        }
        catch (SocketException e)
        {
            throw new BenchmarkException($"{endpoint.Host} is not known: {e.Message}");
        }
        (Name, Host, Signer) = (name, endpoint.Authority, signer);
    }

    public string Name { get; }

    /// <summary>As in the header Host.</summary>
    public string Host { get; }

    public Signer Signer { get; }

    /// <summary>The server's processes, if known; their descendants count too.</summary>
    public IReadOnlyList<int> ProcessIds { get; init; } = [];

    /// <summary>Of these the process that speaks S3, if known: whose memory is told apart.</summary>
    public int? FrontEndId { get; init; }

    /// <summary>How the server was compiled, if known.</summary>
    public string? Build { get; init; }

    /// <summary>Reads what the store says of its group commit, if it does.</summary>
    public Func<CancellationToken, Task<StoreMetrics>>? ReadMetrics { get; init; }

    /// <summary>A connection that does not block.</summary>
    public Socket Connect()
    {
        var socket = new Socket(_address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Connect(_address);
            socket.Blocking = false;
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A connection for what is done beside a measurement.</summary>
    /// <exception cref="BenchmarkException">Nobody listens there.</exception>
    public async Task<S3Connection> OpenAsync(CancellationToken cancel)
    {
        try
        {
            return await S3Connection.OpenAsync(_address, Host, Signer, cancel);
        }
        catch (SocketException e)
        {
            throw new BenchmarkException($"{Name} cannot be reached: {e.Message}");
        }
    }

    /// <summary>One request that must succeed.</summary>
    /// <exception cref="BenchmarkException">It did not.</exception>
    public async Task<byte[]> SendAsync(
        string method, string target, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        using var connection = await OpenAsync(cancel);
        var response = await connection.SendAsync(method, target, body, cancel);
        return response.Status is >= 200 and <= 299
            ? response.Body.ToArray()
            : throw new BenchmarkException(
                $"{Name}: {method} {target} got status {response.Status}: {response.Text}");
    }

    /// <summary>Makes a bucket that nothing else uses.</summary>
    public async Task<string> MakeBucketAsync(CancellationToken cancel)
    {
        var bucket = $"casstore-bench-{Guid.NewGuid():N}"[..30];
        await SendAsync("PUT", "/" + bucket, default, cancel);
        return bucket;
    }
}
