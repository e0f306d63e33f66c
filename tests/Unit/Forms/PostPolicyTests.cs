using System.Text;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Forms;

namespace CasStore.Tests.Unit.Forms;

public sealed class PostPolicyTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("""{"key": "a"}""", "a", true)]
    [InlineData("""{"key": "a"}""", "ab", false)]
    [InlineData("""{"kEy": "a"}""", "a", true)]
    [InlineData("""["eq", "$key", "a"]""", "a", true)]
    [InlineData("""["eq", "$key", "a"]""", "A", false)]
    [InlineData("""["starts-with", "$key", "a/"]""", "a/b", true)]
    [InlineData("""["StArTs-WiTh", "$KEY", "a/"]""", "a/b", true)]
    [InlineData("""["starts-with", "$key", "a/"]""", "b/a/", false)]
    [InlineData("""["starts-with", "$key", ""]""", "", true)]
    [InlineData("""["starts-with", "$key", "\$a"]""", "$a", true)]
    [InlineData("""["starts-with", "$key", "\\$a"]""", "\\$a", true)]
    [InlineData("""["eq", "$key", "\u00e9"]""", "é", true)]
    public void A_condition_is_about_the_value_of_a_field(string condition, string key, bool allowed)
    {
        var policy = Parse(Document(condition, """{"bucket": "b"}"""));
        if (allowed)
            policy.Require(Fields(("key", key)), "b", Now);
        else
            Refusal(policy, ("key", key)).ShouldStartWith("Invalid according to Policy: Policy Condition failed: [\"");
    }

    [Theory]
    [InlineData("image/png", true)]
    [InlineData("image/png, image/jpeg", true)]
    [InlineData("image/png,text/html", false)]
    public void Each_of_several_content_types_must_begin_so(string types, bool allowed) =>
        new PolicyCondition("starts-with", "content-type", "image/").Holds(types).ShouldBe(allowed);

    [Fact]
    public void Every_field_needs_a_condition_but_those_that_prove_and_those_to_ignore()
    {
        var policy = Parse(Document("""{"bucket": "b"}""", """["starts-with", "$key", ""]"""));
        policy.Require(Fields(("key", "k"), ("policy", "p"), ("x-amz-signature", "s"), ("signature", "s"),
            ("awsaccesskeyid", "a"), ("x-ignore-me", "x")), "b", Now);
        Refusal(policy, ("key", "k"), ("acl", "private"), ("x-amz-date", "d"))
            .ShouldBe("Invalid according to Policy: Extra input fields: acl, x-amz-date");
        Refusal(Parse(Document("""["starts-with", "$key", ""]""")), ("key", "k"))
            .ShouldBe("Invalid according to Policy: Extra input fields: bucket");
    }

    [Fact]
    public void A_condition_on_a_field_that_is_not_there_fails() =>
        Refusal(Parse(Document("""{"bucket": "b"}""", """["starts-with", "$Content-Type", ""]""")), ("key", "k"))
            .ShouldBe("Invalid according to Policy: Policy Condition failed: " +
                "[\"starts-with\", \"$content-type\", \"\"]");

    [Fact]
    public void The_bucket_is_where_the_form_is_sent_whatever_the_form_says() =>
        Refusal(Parse(Document("""{"bucket": "other"}""")), ("bucket", "other"))
            .ShouldBe("Invalid according to Policy: Policy Condition failed: [\"eq\", \"$bucket\", \"other\"]");

    [Theory]
    [InlineData("2030-01-01T00:00:01Z", true)]
    [InlineData("2030-01-01T00:00:00.001Z", true)]
    [InlineData("2030-01-01T00:00:00Z", false)]
    [InlineData("2029-12-31T23:59:59.999Z", false)]
    public void A_policy_holds_until_it_expires(string expiration, bool holds)
    {
        var policy = Parse($$"""{"expiration": "{{expiration}}", "conditions": [{"bucket": "b"}]}""");
        if (holds)
            policy.Require(Fields(), "b", Now);
        else
            Refusal(policy).ShouldBe("Invalid according to Policy: Policy expired.");
    }

    [Theory]
    [InlineData("[\"content-length-range\", 1, 9]", 1, 9)]
    [InlineData("[\"Content-Length-Range\", \"1\", \"9\"]", 1, 9)]
    [InlineData("{\"a\": \"b\"}", 0, long.MaxValue)]
    public void The_range_of_lengths_is_read(string condition, long least, long most)
    {
        var policy = Parse(Document(condition));
        (policy.LeastLength, policy.MostLength).ShouldBe((least, most));
    }

    [Theory]
    [InlineData("", "Invalid Policy: Invalid JSON.")]
    [InlineData("[]", "Invalid Policy: Invalid JSON.")]
    [InlineData("{", "Invalid Policy: Invalid JSON.")]
    [InlineData("""{"conditions": []}""", "Invalid Policy: Policy missing expiration.")]
    [InlineData("""{"EXPIRATION": "2030-01-01T00:00:00Z", "conditions": []}""",
        "Invalid Policy: Policy missing expiration.")]
    [InlineData("""{"expiration": "2030-01-01T00:00:00Z"}""", "Invalid Policy: Policy missing conditions.")]
    [InlineData("""{"expiration": "2030-01-01T00:00:00Z", "CONDITIONS": []}""",
        "Invalid Policy: Policy missing conditions.")]
    [InlineData("""{"expiration": "2030-01-01T00:00:00Z", "conditions": {}}""",
        "Invalid Policy: Invalid 'conditions' value: must be a List.")]
    [InlineData("""{"expiration": "2030-01-01 00:00:00", "conditions": []}""",
        "Invalid Policy: Invalid 'expiration' value: '2030-01-01 00:00:00'")]
    public void What_is_no_policy_is_invalid(string document, string message)
    {
        var refused = Should.Throw<S3Exception>(() => Parse(document));
        (refused.Error, refused.Message).ShouldBe((S3Errors.InvalidPolicyDocument, message));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"a": "b", "c": "d"}""")]
    [InlineData("""{"a": ["b"]}""")]
    [InlineData("[]")]
    [InlineData("""["eq", "$a"]""")]
    [InlineData("""["eq", "a", "b"]""")]
    [InlineData("""["ends-with", "$a", "b"]""")]
    [InlineData("""["content-length-range", 0]""")]
    [InlineData("""["content-length-range", -1, 0]""")]
    [InlineData("""["content-length-range", 0, 1.5]""")]
    [InlineData("\"a\"")]
    public void What_is_no_condition_is_invalid(string condition) =>
        Should.Throw<S3Exception>(() => Parse(Document(condition))).Error.ShouldBe(S3Errors.InvalidPolicyDocument);

    [Fact]
    public void What_is_no_base64_is_invalid() =>
        Should.Throw<S3Exception>(() => PostPolicy.Parse("*")).Error.ShouldBe(S3Errors.InvalidPolicyDocument);

    private static string Document(params string[] conditions) =>
        $$"""{"expiration": "2040-01-01T00:00:00.000Z", "conditions": [{{string.Join(',', conditions)}}]}""";

    private static PostPolicy Parse(string document) =>
        PostPolicy.Parse(Convert.ToBase64String(Encoding.UTF8.GetBytes(document)));

    private static Dictionary<string, string> Fields(params (string Name, string Value)[] fields) =>
        fields.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);

    private static string Refusal(PostPolicy policy, params (string Name, string Value)[] fields)
    {
        var refused = Should.Throw<S3Exception>(() => policy.Require(Fields(fields), "b", Now));
        refused.Error.ShouldBe(S3Errors.AccessDenied);
        return refused.Message;
    }
}
