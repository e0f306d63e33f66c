using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Configurations;

public sealed class BucketTaggingTests : StoreTests
{
    [Fact]
    public async Task Tags_are_put_shown_replaced_and_deleted()
    {
        var bucket = await NewBucketAsync();
        (await Raw.GetAsync($"/{bucket}?tagging")).ShouldBeError(404, "NoSuchTagSet", "The TagSet does not exist");
        (await PutAsync(bucket, ("team", "blue"), ("Cost Center", "42"))).ShouldBe(204).Body.ShouldBeEmpty();
        (await Raw.GetAsync($"/{bucket}?tagging")).ShouldBe(200).Text.ShouldBe(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
            "<Tagging xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><TagSet>" +
            "<Tag><Key>team</Key><Value>blue</Value></Tag><Tag><Key>Cost Center</Key><Value>42</Value></Tag>" +
            "</TagSet></Tagging>");
        (await PutAsync(bucket, ("other", ""))).ShouldBe(204);
        (await Raw.GetAsync($"/{bucket}?tagging")).Elements("Key").ShouldBe(["other"]);
        (await Raw.SendAsync("DELETE", $"/{bucket}?tagging")).ShouldBe(204).Body.ShouldBeEmpty();
        (await Raw.GetAsync($"/{bucket}?tagging")).ShouldBeError(404, "NoSuchTagSet");
        (await Raw.SendAsync("DELETE", $"/{bucket}?tagging")).ShouldBe(204);
    }

    [Fact]
    public async Task An_empty_set_is_none()
    {
        var bucket = await NewBucketAsync();
        (await PutAsync(bucket, ("a", "b"))).ShouldBe(204);
        (await PutAsync(bucket)).ShouldBe(204);
        (await Raw.GetAsync($"/{bucket}?tagging")).ShouldBeError(404, "NoSuchTagSet");
    }

    [Fact]
    public async Task A_bucket_made_anew_has_no_tags()
    {
        var bucket = await NewBucketAsync();
        (await PutAsync(bucket, ("a", "b"))).ShouldBe(204);
        (await Raw.SendAsync("DELETE", $"/{bucket}")).ShouldBe(204);
        (await Raw.PutAsync($"/{bucket}")).ShouldBe(200);
        (await Raw.GetAsync($"/{bucket}?tagging")).ShouldBeError(404, "NoSuchTagSet");
    }

    [Theory]
    [InlineData("<Tagging>", "MalformedXML")]
    [InlineData("", "MalformedXML")]
    [InlineData("<Tags/>", "MalformedXML")]
    [InlineData("<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>", "MalformedXML")]
    [InlineData("<Tagging><TagSet><Tag><Key>aws:a</Key><Value/></Tag></TagSet></Tagging>", "InvalidTag")]
    [InlineData("<Tagging><TagSet><Tag><Key>a*</Key><Value/></Tag></TagSet></Tagging>", "InvalidTag")]
    [InlineData("<Tagging><TagSet><Tag><Key>a</Key><Value/></Tag><Tag><Key>a</Key><Value/></Tag></TagSet></Tagging>",
        "InvalidTag")]
    public async Task A_bad_document_changes_nothing(string document, string code)
    {
        var bucket = await NewBucketAsync();
        (await PutAsync(bucket, ("kept", "yes"))).ShouldBe(204);
        (await Raw.PutAsync($"/{bucket}?tagging", document)).ShouldBeError(400, code);
        (await Raw.GetAsync($"/{bucket}?tagging")).Element("Key").ShouldBe("kept");
    }

    [Fact]
    public async Task Fifty_one_tags_are_too_many()
    {
        var bucket = await NewBucketAsync();
        var tags = Enumerable.Range(0, 51).Select(number => ($"key-{number}", "v")).ToArray();
        (await PutAsync(bucket, tags[..50])).ShouldBe(204);
        (await PutAsync(bucket, tags)).ShouldBeError(400, "InvalidTag", "Bucket tag count cannot be greater than 50");
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_has_no_tags_to_touch()
    {
        var bucket = UniqueName();
        (await Raw.GetAsync($"/{bucket}?tagging")).ShouldBeError(404, "NoSuchBucket");
        (await PutAsync(bucket, ("a", "b"))).ShouldBeError(404, "NoSuchBucket");
        (await Raw.SendAsync("DELETE", $"/{bucket}?tagging")).ShouldBeError(404, "NoSuchBucket");
    }

    private Task<RawResponse> PutAsync(string bucket, params (string Key, string Value)[] tags) =>
        Raw.PutAsync($"/{bucket}?tagging", "<Tagging xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><TagSet>" +
            string.Concat(tags.Select(tag => $"<Tag><Key>{tag.Key}</Key><Value>{tag.Value}</Value></Tag>")) +
            "</TagSet></Tagging>");
}
