using BenchmarkDotNet.Attributes;
using CasStore.Api.S3.Routing;
using Microsoft.AspNetCore.Http;

namespace CasStore.Micro;

/// <summary>Which operation on which resource a request means.</summary>
public class RoutingBenchmarks
{
    private readonly HeaderDictionary _headers = [];

    [Benchmark]
    public Operation PutObject() => Route("PUT", "/photos/2026/11/000000001.jpg");

    [Benchmark]
    public Operation GetObject() => Route("GET", "/photos/2026/11/000000001.jpg");

    [Benchmark]
    public Operation ListObjects() =>
        Route("GET", "/photos?list-type=2&prefix=2026%2F11%2F&delimiter=%2F&max-keys=1000");

    private Operation Route(string method, string target) =>
        Router.Find(method, RequestTarget.Parse(target, "127.0.0.1", domain: null), _headers);
}
