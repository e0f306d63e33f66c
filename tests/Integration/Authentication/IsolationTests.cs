using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Authentication;

/// <summary>Anonymous requests, and users who cannot touch each other's buckets.</summary>
public sealed class IsolationTests : StoreTests
{
    public static TheoryData<string, string> BucketAndObjectRequests => new()
    {
        { "GET", "" }, { "GET", "?list-type=2" }, { "GET", "?location" }, { "GET", "?versioning" },
        { "GET", "?uploads" }, { "HEAD", "" }, { "DELETE", "" }, { "POST", "?delete" },
        { "GET", "/key" }, { "HEAD", "/key" }, { "PUT", "/key" }, { "DELETE", "/key" }, { "PUT", "/new" },
        { "POST", "/key?uploads" }, { "PUT", "/key?partNumber=1&uploadId=x" }, { "POST", "/key?uploadId=x" },
        { "DELETE", "/key?uploadId=x" }, { "GET", "/key?uploadId=x" }, { "GET", "/nothing" },
    };

    [Theory]
    [MemberData(nameof(BucketAndObjectRequests))]
    public async Task Anonymous_requests_are_refused(string method, string rest)
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "secret");
        ShouldBeDenied(await Raw.SendAsync(new RawRequest(method, $"/{bucket}{rest}") { Who = null }), method);
        (await Raw.GetAsync($"/{bucket}/key")).ShouldBe(200).Text.ShouldBe("secret");
    }

    [Theory]
    [MemberData(nameof(BucketAndObjectRequests))]
    public async Task Another_users_requests_are_refused(string method, string rest)
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "secret");
        var stranger = await StrangerAsync();
        ShouldBeDenied(
            await Raw.SendAsync(new RawRequest(method, $"/{bucket}{rest}") { Who = stranger.Credentials }), method);
        (await Raw.GetAsync($"/{bucket}/key")).ShouldBe(200).Text.ShouldBe("secret");
    }

    [Fact]
    public async Task Anonymous_cannot_list_or_make_buckets()
    {
        (await Raw.SendAsync(new RawRequest("PUT", $"/{UniqueName()}") { Who = null }))
            .ShouldBeError(403, "AccessDenied", "Access Denied");
        (await Raw.SendAsync(new RawRequest("GET", "/") { Who = null })).Status.ShouldBeOneOf(403, 307);
    }

    [Fact]
    public async Task A_bucket_name_belongs_to_one_user()
    {
        var stranger = await StrangerAsync();
        var bucket = await NewBucketAsync();
        (await Raw.SendAsync(new RawRequest("PUT", $"/{bucket}") { Who = stranger.Credentials }))
            .ShouldBeError(409, "BucketAlreadyExists");
        (await Raw.GetAsync("/", stranger.Credentials)).ShouldBe(200).Elements("Name").ShouldNotContain(bucket);
    }

    [Fact]
    public async Task A_copy_cannot_read_what_the_user_cannot()
    {
        var stranger = await StrangerAsync();
        var theirs = await NewBucketAsync();
        await Raw.PutAsync($"/{theirs}/key", "secret");
        var own = UniqueName();
        await Raw.SendAsync(new RawRequest("PUT", $"/{own}") { Who = stranger.Credentials });
        (await Raw.SendAsync(new RawRequest("PUT", $"/{own}/copy")
        {
            Who = stranger.Credentials,
            Headers = new() { ["x-amz-copy-source"] = $"/{theirs}/key" },
        })).ShouldBeError(403, "AccessDenied");
        (await Raw.GetAsync($"/{own}/copy", stranger.Credentials)).ShouldBeError(404, "NoSuchKey");
    }

    [Fact]
    public async Task A_deactivated_key_stops_working_at_once_and_comes_back()
    {
        var user = await Users.AddAsync(Server);
        (await Raw.GetAsync("/", user.Credentials)).ShouldBe(200);
        await Users.SetKeyActiveAsync(Server, user, active: false);
        (await Raw.GetAsync("/", user.Credentials)).Status.ShouldBe(403);
        await Users.SetKeyActiveAsync(Server, user, active: true);
        (await Raw.GetAsync("/", user.Credentials)).ShouldBe(200);
    }

    [Fact]
    public async Task No_secret_is_in_the_log()
    {
        var user = await Users.AddAsync(Server);
        var all = string.Concat((await EventLog.ReadAsync(Server)).Select(e => e.Payload.GetRawText()));
        all.ShouldContain(user.Credentials.AccessKey);
        all.ShouldNotContain(user.Credentials.SecretKey);
        all.ShouldNotContain(ServerProcess.Root.SecretKey);
        Server.Output.ShouldNotContain(user.Credentials.SecretKey);
        Server.Output.ShouldNotContain(ServerProcess.Root.SecretKey);
    }

    private static readonly SemaphoreSlim OneStranger = new(1);
    private static TestUser? _stranger;

    private async Task<TestUser> StrangerAsync()
    {
        await OneStranger.WaitAsync();
        try
        {
            return _stranger ??= await Users.AddAsync(Server);
        }
        finally
        {
            OneStranger.Release();
        }
    }

    private static void ShouldBeDenied(RawResponse answer, string method)
    {
        if (method == "HEAD")
            answer.ShouldBe(403).Body.ShouldBeEmpty();
        else
            answer.ShouldBeError(403, "AccessDenied", "Access Denied");
    }
}
