using System.Net.Sockets;
using System.Text;

namespace CasStore.Tests.Integration.Harness;

/// <summary>Sends exact requests: what is in the target goes over the wire unchanged.</summary>
/// <param name="endpoint">The server.</param>
/// <param name="host">What the Host header says, when it is not the server's address.</param>
internal sealed class RawS3(Uri endpoint, string? host = null)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxConnectionsPerServer = 256,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5),
    })
    { Timeout = TimeSpan.FromMinutes(2) };

    public string Host => host ?? endpoint.Authority;

    public Task<RawResponse> GetAsync(string target, Credentials? who = null) =>
        SendAsync(new RawRequest("GET", target) { Who = who ?? ServerProcess.Root });

    public Task<RawResponse> PutAsync(string target, string text = "", params (string Name, string Value)[] headers) =>
        SendAsync(new RawRequest("PUT", target) { Text = text, Headers = ToDictionary(headers) });

    public Task<RawResponse> SendAsync(
        string method, string target, string text = "", params (string Name, string Value)[] headers) =>
        SendAsync(new RawRequest(method, target) { Text = text, Headers = ToDictionary(headers) });

    public async Task<RawResponse> SendAsync(RawRequest request, CancellationToken cancel = default)
    {
        var (headers, body) = request.Sign(Host);
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), ToUri(request.Target));
        if (body.Length > 0 || request.Method is "PUT" or "POST")
            message.Content = new ByteArrayContent(body);
        foreach (var (name, value) in headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content ??= new ByteArrayContent([]);
                message.Content.Headers.Remove(name);
                message.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }
        using var answer = await Http.SendAsync(message, cancel);
        return new RawResponse((int)answer.StatusCode,
            answer.Headers.Concat(answer.Content.Headers)
                .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase),
            await answer.Content.ReadAsByteArrayAsync(cancel));
    }

    /// <summary>Signs a request and opens a connection that has sent its head, but nothing of its body.</summary>
    public async Task<RawConnection> BeginAsync(RawRequest request, long? contentLength = null)
    {
        var connection = await ConnectAsync();
        await connection.WriteAsync(Sign(request, contentLength).Head);
        return connection;
    }

    /// <summary>A signed request as it goes over the wire.</summary>
    public byte[] ToBytes(RawRequest request)
    {
        var (head, body) = Sign(request, contentLength: null);
        return [.. head, .. body];
    }

    /// <summary>A bare connection to the server.</summary>
    public async Task<RawConnection> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(endpoint.Host, endpoint.Port);
        return new RawConnection(socket);
    }

    /// <summary>The URI of a target, kept as it is written (dot segments and escapes too).</summary>
    public Uri ToUri(string target) => new(
        $"http://{endpoint.Authority}{target}",
        new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    private (byte[] Head, byte[] Body) Sign(RawRequest request, long? contentLength)
    {
        var (headers, body) = request.Sign(Host);
        headers.TryAdd("Content-Length", $"{contentLength ?? body.Length}");
        var head = new StringBuilder($"{request.Method} {request.Target} HTTP/1.1\r\n");
        foreach (var (name, value) in headers)
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        return (Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), body);
    }

    private static Dictionary<string, string> ToDictionary((string Name, string Value)[] headers) =>
        headers.ToDictionary(h => h.Name, h => h.Value, StringComparer.OrdinalIgnoreCase);
}
