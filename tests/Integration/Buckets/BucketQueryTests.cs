using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Buckets;

/// <summary>ListBuckets, HeadBucket, GetBucketLocation and GetBucketVersioning.</summary>
public sealed class BucketQueryTests : StoreTests
{
    [Fact]
    public async Task Lists_ones_buckets_in_order_with_the_owner()
    {
        var user = await Users.AddAsync(Server);
        var names = Enumerable.Range(0, 3).Select(_ => UniqueName()).ToList();
        foreach (var name in names)
            (await Raw.SendAsync(new RawRequest("PUT", $"/{name}") { Who = user.Credentials })).ShouldBe(200);
        var answer = (await Raw.GetAsync("/", user.Credentials)).ShouldBe(200);
        answer.Xml.Name.ToString().ShouldBe("{http://s3.amazonaws.com/doc/2006-03-01/}ListAllMyBucketsResult");
        answer.Elements("Name").ShouldBe(names.Order(StringComparer.Ordinal));
        answer.Element("ID").ShouldBe(user.UserId);
        answer.Elements("CreationDate").ShouldAllBe(d => d.EndsWith(".000Z") || d.EndsWith('Z'));
    }

    [Fact]
    public async Task Head_tells_the_region()
    {
        var name = await NewBucketAsync();
        (await Raw.SendAsync("HEAD", $"/{name}")).ShouldBe(200).Header("x-amz-bucket-region").ShouldBe("us-east-1");
        (await Raw.SendAsync("HEAD", $"/{UniqueName()}")).ShouldBe(404).Body.ShouldBeEmpty();
    }

    [Fact]
    public async Task Location_of_us_east_1_is_empty()
    {
        var name = await NewBucketAsync();
        var answer = (await Raw.GetAsync($"/{name}?location")).ShouldBe(200);
        answer.Xml.Name.LocalName.ShouldBe("LocationConstraint");
        answer.Xml.Value.ShouldBeEmpty();
        (await Raw.GetAsync($"/{UniqueName()}?location")).ShouldBeError(404, "NoSuchBucket");
    }

    [Fact]
    public async Task Versioning_was_never_configured()
    {
        var name = await NewBucketAsync();
        var answer = (await Raw.GetAsync($"/{name}?versioning")).ShouldBe(200);
        answer.Xml.Name.LocalName.ShouldBe("VersioningConfiguration");
        answer.Xml.Elements().ShouldBeEmpty();
        (await Raw.GetAsync($"/{UniqueName()}?versioning")).ShouldBeError(404, "NoSuchBucket");
    }
}
