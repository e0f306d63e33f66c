using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using CasStore.Tests.Integration.Harness;
using CasStore.Tests.Integration.Multipart;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;
using TestData = CasStore.Tests.Integration.Harness.TestData;

namespace CasStore.Tests.Integration.Fuzz;

/// <summary>Whatever comes, the server lives and answers in S3's terms, and never with 500.</summary>
public sealed partial class FuzzTests(ITestOutputHelper output) : MultipartTests
{
    private const int Requests = 4000, Connections = 8;

    /// <summary>The codes in the server's source, with their statuses.</summary>
    private static readonly HashSet<(string Code, int Status)> s_known = ErrorPattern()
        .Matches(File.ReadAllText(Path.Combine(Repository.Root, "src", "Api", "S3", "Errors", "S3Errors.cs")))
        .Select(match => (match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)))
        .ToHashSet();

    [Fact]
    public async Task Every_request_gets_an_answer_of_s3()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "123456789");
        await Raw.SendAsync(new RawRequest("PUT", $"/{bucket}/large") { Body = TestData.Bytes(200_000, seed: 1) });
        var uploads = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            uploads.Add(await StartAsync($"/{bucket}/key"));
            await PartAsync($"/{bucket}/key", uploads[^1], 1, "part"u8.ToArray());
        }

        var failures = new ConcurrentQueue<string>();
        var statuses = new ConcurrentDictionary<int, int>();
        await Parallel.ForEachAsync(
            Draw(new FuzzGenerators(bucket, uploads, Raw.Host), Seed.Choose(output)),
            new ParallelOptions { MaxDegreeOfParallelism = Connections },
            async (request, _) =>
            {
                var answer = await SendAsync(request);
                statuses.AddOrUpdate(answer?.Status ?? 0, 1, (_, count) => count + 1);
                if ((Complaint(request, answer) ?? await ReadComplaintAsync(request, answer)) is { } complaint)
                    failures.Enqueue($"{complaint}\n  {request}\n  {answer?.Text}");
            });
        output.WriteLine(string.Join(", ", statuses.OrderBy(entry => entry.Key).Select(e => $"{e.Key}: {e.Value}")));
        failures.ShouldBeEmpty();
        // Enough requests must reach the operations for the test to tell anything.
        statuses.GetValueOrDefault(200).ShouldBeGreaterThan(Requests / 8);
        Server.IsRunning.ShouldBeTrue(Server.Output);
        (await Raw.SendAsync(new RawRequest("GET", "/-/health/ready") { Who = null })).Status.ShouldBe(200);
    }

    /// <summary>The same requests for the same seed.</summary>
    private static List<FuzzRequest> Draw(FuzzGenerators generators, int seed)
    {
        var drawn = new List<FuzzRequest>(Requests);
        Prop.ForAll(generators.Request.ToArbitrary(), request => drawn.Add(request)).Check(
            Config.QuickThrowOnFailure.WithMaxTest(Requests).WithReplay((ulong)seed, 0x9E3779B97F4A7C15));
        return drawn;
    }

    private async Task<RawResponse?> SendAsync(FuzzRequest request)
    {
        using var connection = await Raw.ConnectAsync();
        try
        {
            await connection.WriteAsync(request.ToBytes(Raw.Host));
            // A server that waits for the rest of a broken request must learn that there is none.
            if (request.Damage != 0)
                connection.FinishSending();
        }
        catch (System.Net.Sockets.SocketException)
        {
            // The server answered and closed before it had read all: the answer is there to be read.
        }
        return await connection.ReadResponseAsync(toHead: request.Method == "HEAD");
    }

    /// <summary>What the server took it can give back.</summary>
    private async Task<string?> ReadComplaintAsync(FuzzRequest request, RawResponse? answer)
    {
        if (request.Method != "PUT" || answer?.Status != 200)
            return null;
        var read = new FuzzRequest("HEAD", request.Target.Split('?')[0], [], [], FuzzSignature.Whole, Damage: 0);
        return await SendAsync(read) is { Status: < 500 } ? null : "taken, but not to be read";
    }

    private static string? Complaint(FuzzRequest request, RawResponse? answer)
    {
        if (answer is null)
            return request.Damage == 0 ? "no answer" : null;
        if (answer.Status is < 200 or 500 or > 599)
            return $"status {answer.Status}";
        if (answer.Header("x-amz-request-id") is null)
            return OfTheServer(request, answer);
        if (answer.Status < 400)
            return null;
        return request.Method == "HEAD" ? null : ErrorComplaint(answer);
    }

    /// <summary>HTTP that cannot be read is answered below S3, without a body; our own pages are not S3's.</summary>
    private static string? OfTheServer(FuzzRequest request, RawResponse answer) =>
        request.Target.StartsWith("/-/", StringComparison.Ordinal) || (answer.Status >= 400 && answer.Body.Length == 0)
            ? null
            : "an answer without a request id";

    private static string? ErrorComplaint(RawResponse answer)
    {
        try
        {
            // S3 refers to characters of keys that XML forbids.
            using var reader = XmlReader.Create(
                new StringReader(answer.Text), new XmlReaderSettings { CheckCharacters = false });
            var error = XDocument.Load(reader).Root!;
            var code = error.Element("Code")?.Value ?? "";
            return s_known.Contains((code, answer.Status))
                && error.Element("RequestId")?.Value == answer.Header("x-amz-request-id")
                ? null
                : "no error of S3";
        }
        catch (XmlException broken)
        {
            return broken.Message;
        }
    }

    [GeneratedRegex("new\\(\\s*\"(\\w+)\",\\s*(\\d{3}),")]
    private static partial Regex ErrorPattern();
}
