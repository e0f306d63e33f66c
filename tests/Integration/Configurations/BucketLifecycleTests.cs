using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Configurations;

public sealed class BucketLifecycleTests : StoreTests
{
    private const string MinimumSize = "x-amz-transition-default-minimum-object-size";
    private const string Rule = "<Rule><ID>logs</ID><Filter><Prefix>logs/</Prefix></Filter><Status>Enabled</Status>" +
        "<Expiration><Days>30</Days></Expiration></Rule>";

    [Fact]
    public async Task Rules_are_put_shown_and_deleted()
    {
        var bucket = await NewBucketAsync();
        (await Raw.GetAsync($"/{bucket}?lifecycle")).ShouldBeError(
            404, "NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist");
        (await PutAsync(bucket, Rule)).ShouldBe(200).Header(MinimumSize).ShouldBe("all_storage_classes_128K");
        var shown = (await Raw.GetAsync($"/{bucket}?lifecycle")).ShouldBe(200);
        shown.Header(MinimumSize).ShouldBe("all_storage_classes_128K");
        shown.Text.ShouldBe("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<LifecycleConfiguration " +
            $"xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{Rule}</LifecycleConfiguration>");
        (await Raw.SendAsync("DELETE", $"/{bucket}?lifecycle")).ShouldBe(204);
        (await Raw.GetAsync($"/{bucket}?lifecycle")).ShouldBeError(404, "NoSuchLifecycleConfiguration");
        (await Raw.SendAsync("DELETE", $"/{bucket}?lifecycle")).ShouldBe(204);
    }

    [Fact]
    public async Task A_rule_without_id_keeps_the_one_that_it_gets()
    {
        var bucket = await NewBucketAsync();
        (await PutAsync(bucket, "<Rule><Prefix/><Status>Disabled</Status><Expiration><Days>1</Days></Expiration>" +
            "</Rule>")).ShouldBe(200);
        var id = (await Raw.GetAsync($"/{bucket}?lifecycle")).Element("ID");
        id.ShouldNotBeNullOrEmpty();
        (await Raw.GetAsync($"/{bucket}?lifecycle")).Element("ID").ShouldBe(id);
    }

    [Theory]
    [InlineData("", 400, "MalformedXML")]
    [InlineData("<Rule><Filter/><Status>Enabled</Status></Rule>", 400, "InvalidRequest")]
    [InlineData("<Rule><Filter/><Status>enabled</Status><Expiration><Days>1</Days></Expiration></Rule>", 400,
        "MalformedXML")]
    [InlineData("<Rule><Filter/><Status>Enabled</Status><Expiration><Days>0</Days></Expiration></Rule>", 400,
        "InvalidArgument")]
    [InlineData(Rule + Rule, 400, "InvalidArgument")]
    [InlineData("<Rule><Filter/><Status>Enabled</Status><Transition><Days>1</Days>" +
        "<StorageClass>GLACIER</StorageClass></Transition></Rule>", 501, "NotImplemented")]
    public async Task A_bad_document_changes_nothing(string rules, int status, string code)
    {
        var bucket = await NewBucketAsync();
        (await PutAsync(bucket, Rule)).ShouldBe(200);
        (await PutAsync(bucket, rules)).ShouldBeError(status, code);
        (await Raw.GetAsync($"/{bucket}?lifecycle")).Element("ID").ShouldBe("logs");
    }

    [Theory]
    [InlineData("all_storage_classes_128K", null)]
    [InlineData("varies_by_storage_class", "NotImplemented")]
    [InlineData("other", "InvalidArgument")]
    public async Task The_least_size_of_transitions_is_the_default(string size, string? code)
    {
        var bucket = await NewBucketAsync();
        var answer = await PutAsync(bucket, Rule, (MinimumSize, size));
        if (code is null)
            answer.ShouldBe(200);
        else
            answer.ShouldBeError(code == "NotImplemented" ? 501 : 400, code);
    }

    private Task<RawResponse> PutAsync(string bucket, string rules, params (string Name, string Value)[] headers) =>
        Raw.PutAsync($"/{bucket}?lifecycle",
            "<LifecycleConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" +
            $"{rules}</LifecycleConfiguration>", headers);
}
