using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Buckets;

public sealed class CreateBucketTests : StoreTests
{
    [Fact]
    public async Task Makes_a_bucket_and_tells_where()
    {
        var name = UniqueName();
        (await Raw.PutAsync($"/{name}")).ShouldBe(200).Header("Location").ShouldBe($"/{name}");
        (await Raw.SendAsync("HEAD", $"/{name}")).ShouldBe(200);
    }

    [Fact]
    public async Task Rejects_a_bucket_that_one_owns()
    {
        var name = await NewBucketAsync();
        (await Raw.PutAsync($"/{name}")).ShouldBeError(409, "BucketAlreadyOwnedByYou",
            "Your previous request to create the named bucket succeeded and you already own it.")
            .Element("BucketName").ShouldBe(name);
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("UPPER")]
    [InlineData("under_score")]
    [InlineData("-leading")]
    [InlineData("trailing-")]
    [InlineData("two..dots")]
    [InlineData(".dot")]
    [InlineData("192.168.1.1")]
    [InlineData("xn--name")]
    [InlineData("name-s3alias")]
    [InlineData("a-name--at-e12345")]
    [InlineData("a-name--at-20261121t093000z")]
    [InlineData("space%20name")]
    [InlineData("this-name-is-longer-than-the-sixty-three-characters-that-s3-allows")]
    public async Task Rejects_an_invalid_name(string name) =>
        (await Raw.PutAsync($"/{name}")).ShouldBeError(400, "InvalidBucketName", "The specified bucket is not valid.");

    [Theory]
    [InlineData("abc")]
    [InlineData("1two3")]
    [InlineData("dots.are.fine")]
    public async Task Accepts_a_valid_name(string name)
    {
        (await Raw.PutAsync($"/{name}")).ShouldBe(200);
        (await Raw.SendAsync("DELETE", $"/{name}")).ShouldBe(204);
    }

    [Fact]
    public async Task Accepts_the_stores_own_region()
    {
        var body = Configuration("<LocationConstraint>us-east-1</LocationConstraint>");
        (await Raw.PutAsync($"/{UniqueName()}", body)).Status.ShouldBeOneOf(200, 400);
        (await Raw.PutAsync($"/{UniqueName()}", Configuration(""))).ShouldBe(200);
    }

    [Theory]
    [InlineData("<NotIt/>")]
    [InlineData("<CreateBucketConfiguration")]
    [InlineData("not xml")]
    public async Task Rejects_a_malformed_configuration(string body) =>
        (await Raw.PutAsync($"/{UniqueName()}", body)).ShouldBeError(400, "MalformedXML");

    [Fact]
    public async Task A_name_is_free_again_after_deletion()
    {
        var name = await NewBucketAsync();
        await Raw.PutAsync($"/{name}/key", "x");
        await Raw.SendAsync("DELETE", $"/{name}/key");
        (await Raw.SendAsync("DELETE", $"/{name}")).ShouldBe(204);
        (await Raw.PutAsync($"/{name}")).ShouldBe(200);
        (await S3.ListAllAsync(name)).ShouldBeEmpty();
    }

    [Fact]
    public async Task One_of_many_wins()
    {
        var name = UniqueName();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Raw.PutAsync($"/{name}")));
        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Count(a => a.Status == 409).ShouldBe(7);
    }

    private static string Configuration(string inner) =>
        $"<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{inner}" +
        "</CreateBucketConfiguration>";
}
