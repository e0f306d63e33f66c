using System.Collections.Concurrent;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Faults;

/// <summary>
/// Writers that put, delete and upload in parts at once, and remember what was acknowledged. Each has keys of its own,
/// so that what must be there afterwards is known.
/// </summary>
internal sealed class Workload(RawS3 raw, string bucket, int seed, int writers = 8, int keysPerWriter = 6)
{
    private readonly TrackedKey[][] _keys = Enumerable.Range(0, writers)
        .Select(w => Enumerable.Range(0, keysPerWriter).Select(k => new TrackedKey($"/{bucket}/w{w}/k{k}")).ToArray())
        .ToArray();

    private readonly ConcurrentBag<Guid> _acknowledged = [];
    private readonly ConcurrentBag<string> _unexpected = [];
    private int _round;
    private int _acknowledgedInRound;

    /// <summary>Request ids of the acknowledged commands that made events.</summary>
    public IReadOnlyCollection<Guid> AcknowledgedCommands => _acknowledged;

    /// <summary>Answers that no fault explains.</summary>
    public IReadOnlyCollection<string> Unexpected => _unexpected;

    public int AcknowledgedInRound => Volatile.Read(ref _acknowledgedInRound);

    /// <summary>Runs until cancelled. A cut connection or a server's error puts a change in doubt.</summary>
    public Task RunAsync(CancellationToken stop)
    {
        _acknowledgedInRound = 0;
        var round = _round++;
        return Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            var random = new Random(HashCode.Combine(seed, round, writer));
            while (!stop.IsCancellationRequested)
                await StepAsync(random, _keys[writer][random.Next(keysPerWriter)], stop);
        }, CancellationToken.None)));
    }

    /// <summary>Waits until the round has made some progress, so that a fault hits a working server.</summary>
    public async Task WaitForProgressAsync(int acknowledged)
    {
        var deadline = DateTime.UtcNow.AddSeconds(60);
        while (AcknowledgedInRound < acknowledged)
        {
            if (DateTime.UtcNow > deadline)
                Assert.Fail($"Only {AcknowledgedInRound} writes were acknowledged: {string.Join('\n', _unexpected)}");
            await Task.Delay(5);
        }
    }

    /// <summary>Fails unless the store is what was acknowledged: objects, listing, log.</summary>
    public async Task VerifyAsync(ServerProcess server)
    {
        _unexpected.ShouldBeEmpty();
        foreach (var key in _keys.SelectMany(k => k))
            await key.VerifyAsync(raw);
        var log = await EventLog.ReadAsync(server);
        log.ShouldBeGapless();
        var times = log.GroupBy(e => e.CommandId).ToDictionary(g => g.Key, g => g.Select(e => e.Stream).ToList());
        foreach (var command in _acknowledged)
        {
            times.ShouldContainKey(command, "an acknowledged command is in the log");
            times[command].ShouldBeUnique();
        }
        using var s3 = S3Clients.Create(server.Endpoint, ServerProcess.Root);
        await s3.ShouldListWhatTheLogTellsAsync(bucket, log, pageSize: 7);
    }

    private Task StepAsync(Random random, TrackedKey key, CancellationToken stop) => random.Next(10) switch
    {
        < 6 => PutAsync(key, TestData.Bytes(random.Next(1, 20_000), random.Next())),
        6 => PutAsync(key, TestData.Bytes(200_000 + random.Next(200_000), random.Next())),
        7 or 8 => DeleteAsync(key),
        _ => UploadAsync(key, TestData.Bytes(random.Next(1, 300_000), random.Next()), stop),
    };

    private async Task PutAsync(TrackedKey key, byte[] content)
    {
        var answer = await SendAsync(new RawRequest("PUT", key.Target) { Body = content });
        Settle(key, TestData.Md5(content), answer, success: 200, makesEvent: true);
    }

    private async Task DeleteAsync(TrackedKey key)
    {
        var answer = await SendAsync(new RawRequest("DELETE", key.Target));
        // Deleting what is not there makes no event, and whether it was there may be in doubt.
        Settle(key, null, answer, success: 204, makesEvent: false);
    }

    private async Task UploadAsync(TrackedKey key, byte[] content, CancellationToken stop)
    {
        var started = await SendAsync(new RawRequest("POST", $"{key.Target}?uploads"));
        if (started is not { Status: 200 } || stop.IsCancellationRequested)
        {
            Note(started, 200);
            return;
        }
        var id = SignatureV4.Encode(started.Element("UploadId")!);
        var part = await SendAsync(
            new RawRequest("PUT", $"{key.Target}?partNumber=1&uploadId={id}") { Body = content });
        if (part is not { Status: 200 } || stop.IsCancellationRequested)
        {
            Note(part, 200);
            return;
        }
        var body = "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber>" +
            $"<ETag>{part.Header("ETag")}</ETag></Part></CompleteMultipartUpload>";
        var answer = await SendAsync(new RawRequest("POST", $"{key.Target}?uploadId={id}") { Text = body });
        // A 200 is only a promise when it carries the result: S3 may begin its answer before the end is known.
        if (answer is { Status: 200 } && answer.Xml.Name.LocalName == "Error")
            answer = answer with { Status = 503 };
        Settle(key, TestData.Md5(content), answer, success: 200, makesEvent: true);
    }

    private void Settle(TrackedKey key, string? md5, RawResponse? answer, int success, bool makesEvent)
    {
        Note(answer, success);
        if (answer is null || answer.Status != success)
        {
            key.IsInDoubt(md5);
            return;
        }
        key.WasAcknowledged(md5);
        if (makesEvent)
            _acknowledged.Add(Guid.Parse(answer.Header("x-amz-request-id")!));
        Interlocked.Increment(ref _acknowledgedInRound);
    }

    private void Note(RawResponse? answer, int success)
    {
        if (answer is not null && answer.Status != success && answer.Status != 503)
            _unexpected.Add($"{answer.Status} {answer.Text}");
    }

    private async Task<RawResponse?> SendAsync(RawRequest request)
    {
        try
        {
            return await raw.SendAsync(request, CancellationToken.None);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            await Task.Delay(10);
            return null;
        }
    }
}
