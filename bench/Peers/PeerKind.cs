using CasStore.Bench.Processes;

namespace CasStore.Bench.Peers;

/// <summary>A server that can be started for comparison.</summary>
/// <param name="Name">Name on the command line.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Programs">What must be installed.</param>
/// <param name="Build">Starts it in its workshop.</param>
internal sealed record PeerKind(
    string Name, string Description, IReadOnlyList<string> Programs,
    Func<PeerWorkshop, CancellationToken, Task<Peer>> Build)
{
    /// <summary>Every kind.</summary>
    public static IReadOnlyList<PeerKind> All { get; } =
    [
        CephGateway.Kind,
        NginxServer.Kind,
        HttpCeiling.Kind,
    ];

    /// <summary>Whether it is an S3 server, which any suite can drive.</summary>
    public bool SpeaksS3 { get; init; }

    public bool IsInstalled => Programs.All(program => ShortProcess.Find(program) is not null);

    /// <summary>Starts it; the caller disposes of it.</summary>
    /// <param name="parent">Where its temporary directory is made: on the disk to measure.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="BenchmarkException">It is not installed, or does not start.</exception>
    public async Task<Peer> StartAsync(string parent, CancellationToken cancel)
    {
        if (!IsInstalled)
            throw new BenchmarkException($"{Name} is not installed: eng/install-peers {Name}");
        var workshop = new PeerWorkshop(parent, Name);
        try
        {
            return await Build(workshop, cancel);
        }
        catch
        {
            await workshop.AbandonAsync();
            throw;
        }
    }
}
