using System.Diagnostics.CodeAnalysis;

namespace CasStore.Cli.Serving;

/// <summary>An address to listen on, such as <c>http://127.0.0.1:9000</c> or <c>http://*:9000</c>.</summary>
internal static class ListenAddress
{
    /// <summary>The address by which a client on this machine reaches the server.</summary>
    public static bool TryGetLocal(string listen, [NotNullWhen(true)] out Uri? local)
    {
        var named = listen.Replace("://*", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://+", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://[::]", "://[::1]", StringComparison.Ordinal);
        return Uri.TryCreate(named, UriKind.Absolute, out local)
            && local.Scheme == Uri.UriSchemeHttp
            && local.Port > 0
            && local.PathAndQuery == "/";
    }

    /// <exception cref="CommandFailedException">It is not such an address.</exception>
    public static Uri GetLocal(string listen) => TryGetLocal(listen, out var local)
        ? local
        : throw new CommandFailedException(
            $"'{listen}' is not an address to listen on; give one such as http://127.0.0.1:9000.");
}
