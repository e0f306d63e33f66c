using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Protocol;

/// <summary>What is not there says so; it never falls through to a neighbouring operation.</summary>
public sealed class NotImplementedTests : StoreTests
{
    private static readonly string[] BucketResources =
    [
        "metadataTable",
    ];

    private static readonly string[] ObjectResources =
        ["torrent", "restore", "select"];

    public static TheoryData<string, string> Requests
    {
        get
        {
            var requests = new TheoryData<string, string>();
            foreach (var resource in BucketResources)
            {
                requests.Add("GET", $"?{resource}");
                requests.Add("PUT", $"?{resource}");
                requests.Add("DELETE", $"?{resource}");
            }
            foreach (var resource in ObjectResources)
            {
                requests.Add("GET", $"/key?{resource}");
                requests.Add("PUT", $"/key?{resource}");
                requests.Add("DELETE", $"/key?{resource}");
                requests.Add("POST", $"/key?{resource}");
            }
            foreach (var rest in (string[])["?acl", "/key?acl"])
                requests.Add("DELETE", rest);
            requests.Add("PUT", "?policyStatus");
            requests.Add("PUT", "?encryption");
            requests.Add("PUT", "?replication");
            foreach (var resource in new[] { "analytics", "intelligent-tiering", "inventory", "metrics" })
            {
                requests.Add("PUT", $"?{resource}&id=1");
                requests.Add("DELETE", $"?{resource}");
            }
            foreach (var method in (string[])["PUT", "DELETE", "POST"])
                requests.Add(method, "/key?attributes");
            return requests;
        }
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task An_unimplemented_sub_resource_is_refused_and_changes_nothing(string method, string rest)
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "content");
        var answer = await Raw.SendAsync(method, $"/{bucket}{rest}");
        if (answer.Status == 405)
            answer.ShouldBeError(405, "MethodNotAllowed");
        else
            answer.ShouldBeError(501, "NotImplemented");
        (await Raw.GetAsync($"/{bucket}/key")).ShouldBe(200).Text.ShouldBe("content");
    }

    [Theory]
    [InlineData("x-amz-server-side-encryption", "AES256")]
    [InlineData("x-amz-server-side-encryption-customer-algorithm", "AES256")]
    public async Task A_header_that_would_be_ignored_is_refused(string name, string value)
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}/key", "x", (name, value))).ShouldBeError(501, "NotImplemented");
        (await Raw.GetAsync($"/{bucket}/key")).ShouldBeError(404, "NoSuchKey");
    }

    [Fact]
    public async Task A_version_id_that_cannot_exist_is_refused()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "content");
        var get = await Raw.GetAsync($"/{bucket}/key?versionId=abc");
        get.Status.ShouldBeOneOf(400, 404, 501);
        var delete = await Raw.SendAsync("DELETE", $"/{bucket}/key?versionId=abc");
        delete.Status.ShouldBeOneOf(204, 400, 404, 501);
        (await Raw.GetAsync($"/{bucket}/key")).ShouldBe(200);
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("TRACE")]
    [InlineData("BREW")]
    public async Task An_unknown_method_is_refused(string method)
    {
        var bucket = await NewBucketAsync();
        (await Raw.SendAsync(method, $"/{bucket}/key")).Status.ShouldBeOneOf(400, 405, 501);
    }
}
