using Amazon.S3.Model;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Authentication;

public sealed class PresignedUrlTests : StoreTests
{
    private string _target = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _target = $"/{await NewBucketAsync()}/a%20key";
        await Raw.PutAsync(_target, "content");
    }

    [Fact]
    public async Task Opens_an_object_without_credentials() =>
        (await OpenAsync(Presign("GET"))).ShouldBe(200).Text.ShouldBe("content");

    [Fact]
    public async Task Uploads_an_object_without_credentials()
    {
        var target = _target + "2";
        var put = new RawRequest("PUT", Presign("PUT", target)) { Who = null, Text = "by url" };
        (await Raw.SendAsync(put)).ShouldBe(200);
        (await Raw.GetAsync(target)).Text.ShouldBe("by url");
    }

    [Fact]
    public async Task Carries_response_overrides()
    {
        var answer = await OpenAsync(Presign("GET", _target + "?response-content-type=text%2Fcsv"));
        answer.ShouldBe(200).Header("Content-Type").ShouldBe("text/csv");
    }

    [Fact]
    public async Task Is_good_for_one_method_only() =>
        (await Raw.SendAsync(new RawRequest("DELETE", Presign("GET")) { Who = null }))
            .ShouldBeError(403, "SignatureDoesNotMatch");

    [Fact]
    public async Task Expires()
    {
        var answer = await OpenAsync(Presign("GET", now: DateTime.UtcNow.AddMinutes(-10), seconds: 60));
        answer.ShouldBeError(403, "AccessDenied", "Request has expired");
    }

    [Fact]
    public async Task Is_not_good_before_its_time()
    {
        var answer = await OpenAsync(Presign("GET", now: DateTime.UtcNow.AddHours(1)));
        answer.Status.ShouldBe(403);
        answer.Element("Code").ShouldBeOneOf("AccessDenied", "RequestTimeTooSkewed");
    }

    [Theory]
    [InlineData(604_801)]
    [InlineData(-1)]
    public async Task Lives_at_most_a_week(int seconds) =>
        (await OpenAsync(Presign("GET", seconds: seconds))).ShouldBeError(400, "AuthorizationQueryParametersError");

    [Fact]
    public async Task Cannot_be_changed()
    {
        (await OpenAsync(Presign("GET").Replace("a%20key", "other", StringComparison.Ordinal)))
            .ShouldBeError(403, "SignatureDoesNotMatch");
        (await OpenAsync(Presign("GET") + "&response-content-type=x")).ShouldBeError(403, "SignatureDoesNotMatch");
        (await OpenAsync(Presign("GET", seconds: 60).Replace("Expires=60", "Expires=600", StringComparison.Ordinal)))
            .ShouldBeError(403, "SignatureDoesNotMatch");
    }

    [Theory]
    [InlineData("X-Amz-Credential=")]
    [InlineData("X-Amz-Date=")]
    [InlineData("X-Amz-Expires=")]
    [InlineData("X-Amz-SignedHeaders=")]
    [InlineData("X-Amz-Signature=")]
    public async Task Needs_all_its_parameters(string parameter)
    {
        var (path, query) = (_target, Presign("GET")[(_target.Length + 1)..]);
        var without = string.Join('&', query.Split('&').Where(p => !p.StartsWith(parameter, StringComparison.Ordinal)));
        (await OpenAsync($"{path}?{without}")).ShouldBeError(400, "AuthorizationQueryParametersError");
    }

    [Fact]
    public async Task Rejects_an_unknown_algorithm()
    {
        var answer = await OpenAsync(Presign("GET").Replace("AWS4-HMAC-SHA256", "AWS9", StringComparison.Ordinal));
        answer.ShouldBeError(400, "AuthorizationQueryParametersError");
    }

    [Fact]
    public async Task Works_as_the_sdk_makes_it()
    {
        var bucket = _target.Split('/')[1];
        var url = await S3.GetPreSignedURLAsync(new GetPreSignedUrlRequest
        {
            BucketName = bucket,
            Key = "a key",
            Expires = DateTime.UtcNow.AddMinutes(5),
            Protocol = Amazon.S3.Protocol.HTTP,
        });
        using var http = new HttpClient();
        (await http.GetStringAsync(new Uri(url))).ShouldBe("content");
    }

    private Task<RawResponse> OpenAsync(string target) => Raw.SendAsync(new RawRequest("GET", target) { Who = null });

    [Fact]
    public async Task Headers_of_the_object_may_be_in_the_query()
    {
        var target = _target + "-made?x-amz-meta-colour=red%20%26%20blue&x-amz-storage-class=STANDARD_IA";
        (await Raw.SendAsync(new RawRequest("PUT", Presign("PUT", target)) { Who = null, Text = "x" })).ShouldBe(200);
        var made = await Raw.GetAsync(_target + "-made");
        (made.Header("x-amz-meta-colour"), made.Header("x-amz-storage-class")).ShouldBe(("red & blue", "STANDARD_IA"));
        var oddTarget = _target + "-odd?x-amz-meta-%C3%A9%20%0d%0aa=b";
        (await Raw.SendAsync(new RawRequest("PUT", Presign("PUT", oddTarget)) { Who = null, Text = "x" }))
            .ShouldBeError(400, "InvalidArgument");
        var sealedTarget = _target + "-sealed?x-amz-server-side-encryption=AES256";
        (await Raw.SendAsync(new RawRequest("PUT", Presign("PUT", sealedTarget)) { Who = null, Text = "x" }))
            .ShouldBeError(501, "NotImplemented");
    }

    private string Presign(string method, string? target = null, DateTime? now = null, int seconds = 300) =>
        SignatureV4.Presign(ServerProcess.Root, method, target ?? _target, Raw.Host, TimeSpan.FromSeconds(seconds),
            now ?? DateTime.UtcNow);
}
