using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CasStore.Bench.Output;

namespace CasStore.Bench.Peers;

/// <summary><c>bench peers</c>.</summary>
internal static class PeersCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("names")
        {
            Description = $"Which to start: {string.Join(", ", PeerKind.All.Select(kind => kind.Name))}",
            Arity = ArgumentArity.ZeroOrMore,
        };
        names.AcceptOnlyFromAmong([.. PeerKind.All.Select(kind => kind.Name)]);
        var list = new Option<bool>("--list") { Description = "Only say which there are, and which are installed" };
        var directory = BenchOptions.Directory();
        var json = BenchOptions.Json();
        var command = new Command("peers", "Starts servers to compare with, and stops them at Ctrl-C")
        {
            names, list, directory, json,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var asked = (parsed.GetValue(names) ?? []).Distinct(StringComparer.Ordinal).ToList();
            if (parsed.GetValue(list) || asked.Count == 0)
                List();
            else
                await RunAsync(asked, parsed.GetRequiredValue(directory), parsed.GetValue(json), cancel);
            return 0;
        });
        return command;
    }

    private static void List() => TextTable.Write(
        ["name", "installed", "what it is"],
        [.. PeerKind.All.Select(kind =>
            (IReadOnlyList<string>)[kind.Name, kind.IsInstalled ? "yes" : "no", kind.Description])]);

    private static async Task RunAsync(List<string> names, string directory, bool json, CancellationToken cancel)
    {
        var peers = new Stack<Peer>();
        try
        {
            foreach (var name in names)
                peers.Push(await PeerKind.All.Single(kind => kind.Name == name).StartAsync(directory, cancel));
            foreach (var peer in peers.Reverse())
                Print(peer, json);
            await Task.Delay(Timeout.Infinite, cancel);
        }
        catch (OperationCanceledException) when (peers.Count == names.Count)
        {
            // What Ctrl-C is for.
        }
        finally
        {
            // At once: one that has much to remove must not keep the others running.
            await Task.WhenAll(peers.Select(peer => Task.Run(async () => await peer.DisposeAsync())));
        }
    }

    private static void Print(Peer peer, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(
                new PeerReport(peer.Name, peer.Version, $"http://{peer.Endpoint}", peer.AccessKey, peer.SecretKey,
                    peer.ProcessIds),
                PeerJson.Default.PeerReport));
            return;
        }
        Console.Out.WriteLine($"{peer.Name}: {peer.Version}");
        Console.Out.WriteLine($"  endpoint    http://{peer.Endpoint}");
        if (peer.AccessKey.Length > 0)
            Console.Out.WriteLine($"  access key  {peer.AccessKey}\n  secret key  {peer.SecretKey}");
        var ids = peer.ProcessIds.Select(id => id.ToString(CultureInfo.InvariantCulture));
        Console.Out.WriteLine($"  processes   {string.Join(' ', ids)}");
    }
}
