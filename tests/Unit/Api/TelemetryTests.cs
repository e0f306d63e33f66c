using System.Diagnostics.Metrics;
using System.Text;
using CasStore.Api.Telemetry;

namespace CasStore.Tests.Unit.Api;

public sealed class TelemetryTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("casstore-telemetry-").FullName;

    [Fact]
    public void Metrics_are_in_the_text_format_of_Prometheus()
    {
        using var exporter = new PrometheusExporter();
        using var meter = new Meter("CasStore.Tests");
        var counter = meter.CreateCounter<long>("test_things", "{thing}", "Things counted.");
        counter.Add(2, new("kind", "a\"b"), new("status", "200"));
        counter.Add(3, new("kind", "a\"b"), new("status", "200"));
        var seconds = meter.CreateHistogram<double>("test_seconds", "s", "Time.");
        seconds.Record(0.004);
        seconds.Record(0.005);
        seconds.Record(1000);
        meter.CreateObservableGauge("test_depth", () => 7, description: "Depth.");
        using var foreign = new Meter("Other");
        foreign.CreateCounter<long>("foreign").Add(1);

        var lines = exporter.Export().Split('\n');
        lines.ShouldContain("# HELP test_things_total Things counted.");
        lines.ShouldContain("# TYPE test_things_total counter");
        lines.ShouldContain("test_things_total{kind=\"a\\\"b\",status=\"200\"} 5");
        lines.ShouldContain("# TYPE test_seconds histogram");
        lines.ShouldContain("test_seconds_bucket{le=\"0.0025\"} 0");
        lines.ShouldContain("test_seconds_bucket{le=\"0.005\"} 2");
        lines.ShouldContain("test_seconds_bucket{le=\"60\"} 2");
        lines.ShouldContain("test_seconds_bucket{le=\"+Inf\"} 3");
        lines.ShouldContain("test_seconds_count 3");
        lines.ShouldContain("# TYPE test_depth gauge");
        lines.ShouldContain("test_depth 7");
        lines.ShouldNotContain(line => line.Contains("foreign", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/b/k?X-Amz-Signature=abc&x=1", "/b/k?X-Amz-Signature=…&x=1")]
    [InlineData("/b/k?AWSAccessKeyId=a&Signature=abc&Expires=1", "/b/k?AWSAccessKeyId=a&Signature=…&Expires=1")]
    [InlineData("/b/k?X-Amz-Security-Token=t&X-Amz-Credential=c", "/b/k?X-Amz-Security-Token=…&X-Amz-Credential=…")]
    [InlineData("/b/k?prefix=Signature", "/b/k?prefix=Signature")]
    [InlineData("/b/Signature=k", "/b/Signature=k")]
    public void What_proves_who_asks_stays_out_of_the_access_log(string target, string logged) =>
        AccessLog.WithoutSignature(target).ShouldBe(logged);

    [Fact]
    public async Task A_full_log_is_set_aside_and_a_few_are_kept()
    {
        var path = Path.Combine(_directory, "log");
        using var file = new RotatingFile(path, rotateAt: 4, kept: 2);
        foreach (var line in new[] { "one\n", "two\n", "three\n", "4\n" })
            await file.AppendAsync(Encoding.UTF8.GetBytes(line));
        Directory.GetFiles(_directory).Order(StringComparer.Ordinal).ShouldBe([path, path + ".1", path + ".2"]);
        File.ReadAllText(path).ShouldBe("4\n");
        File.ReadAllText(path + ".1").ShouldBe("three\n");
        File.ReadAllText(path + ".2").ShouldBe("two\n");
    }

    [Fact]
    public async Task A_log_goes_on_after_a_failure()
    {
        var path = Path.Combine(_directory, "sub", "log");
        using var file = new RotatingFile(path, rotateAt: 100, kept: 2);
        await Should.ThrowAsync<IOException>(() => file.AppendAsync("lost\n"u8.ToArray()));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await file.AppendAsync("kept\n"u8.ToArray());
        File.ReadAllText(path).ShouldBe("kept\n");
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
