using BenchmarkDotNet.Attributes;
using CasStore.Events.Log;

namespace CasStore.Micro;

/// <summary>One event of a PUT on its way into the log and out of it.</summary>
public class EventBenchmarks
{
    private const string Type = "ObjectCreated";
    private readonly RecordedEvent _recorded = SamplePuts.Recorded(1);
    private readonly byte[] _salt = new byte[EventDigest.SaltSize];
    private byte[] _payload = [];

    [GlobalSetup]
    public void Prepare() => _payload = Serialize();

    [Benchmark]
    public byte[] Serialize() => EventTypes.All.Serialize(_recorded.Event);

    [Benchmark]
    public byte[] Digest() => EventDigest.Compute(_recorded, Type, 1, _salt, _payload);

    [Benchmark]
    public object Deserialize() => EventTypes.All.Deserialize(Type, 1, _payload);
}
