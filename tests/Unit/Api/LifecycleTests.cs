using System.Text;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Lifecycle;
using CasStore.Api.S3.Xml;

namespace CasStore.Tests.Unit.Api;

public sealed class LifecycleTests
{
    private const string Enabled = "<Status>Enabled</Status>";
    private const string Everything = "<Filter/>";
    private const string Expire = "<Expiration><Days>1</Days></Expiration>";
    private const string Tag = "<Tag><Key>k</Key><Value>v</Value></Tag>";
    private const string AbortUploads = "<AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation>" +
        "</AbortIncompleteMultipartUpload>";

    [Theory]
    [InlineData("<Prefix>logs/</Prefix><Status>Enabled</Status><Expiration><Days>30</Days></Expiration>")]
    [InlineData("<Filter></Filter><Status>Disabled</Status>" +
        "<Expiration><Date>2030-01-01T00:00:00.000Z</Date></Expiration>")]
    [InlineData("<Filter><Prefix></Prefix></Filter><Status>Enabled</Status>" +
        "<Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>")]
    [InlineData("<Filter><Tag><Key>k</Key><Value>v</Value></Tag></Filter><Status>Enabled</Status>" +
        "<NoncurrentVersionExpiration><NoncurrentDays>3</NoncurrentDays>" +
        "<NewerNoncurrentVersions>100</NewerNoncurrentVersions></NoncurrentVersionExpiration>")]
    [InlineData("<Filter><And><Prefix>p</Prefix><Tag><Key>k</Key><Value>v</Value></Tag><Tag><Key>l</Key>" +
        "<Value></Value></Tag><ObjectSizeGreaterThan>0</ObjectSizeGreaterThan>" +
        "<ObjectSizeLessThan>9</ObjectSizeLessThan></And></Filter>" +
        "<Status>Enabled</Status><Expiration><Days>1</Days></Expiration>")]
    [InlineData("<Filter><ObjectSizeLessThan>9</ObjectSizeLessThan></Filter><Status>Enabled</Status>" +
        "<Expiration><Days>2147483647</Days></Expiration>")]
    [InlineData("<Filter></Filter><Status>Enabled</Status><AbortIncompleteMultipartUpload>" +
        "<DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload>")]
    public void A_rule_is_written_as_it_was_understood(string rule)
    {
        var text = $"<Rule><ID>one</ID>{rule}</Rule>";
        Encoding.UTF8.GetString(Parse(text).Write().Finish().Span).ShouldEndWith($"\">{text}</LifecycleConfiguration>");
    }

    [Fact]
    public void A_rule_without_id_gets_one() =>
        Parse(Rule(Enabled + Everything + Expire), Rule(Enabled + Everything + Expire)).Rules
            .Select(rule => rule.Id).ShouldBe(["made-1", "made-2"]);

    [Theory]
    [InlineData("2030-01-01")]
    [InlineData("2030-01-01T00:00:00Z")]
    [InlineData("2030-01-01T01:00:00+01:00")]
    public void A_date_is_midnight_in_any_writing(string date) =>
        Parse(Rule($"{Enabled}{Everything}<Expiration><Date>{date}</Date></Expiration>")).Rules[0].Expiration!.Date
            .ShouldBe(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("")]
    [InlineData("<Other/>")]
    [InlineData("<Status>on</Status><Filter/><Expiration><Days>1</Days></Expiration>")]
    [InlineData("<Filter/><Expiration><Days>1</Days></Expiration>")]
    [InlineData("<Status>Enabled</Status><Expiration><Days>1</Days></Expiration>")]
    [InlineData("<Status>Enabled</Status><Filter/><Prefix/><Expiration><Days>1</Days></Expiration>")]
    [InlineData("<Status>Enabled</Status><Filter/><Expiration/>")]
    [InlineData("<Status>Enabled</Status><Filter/><Expiration><Days>x</Days></Expiration>")]
    [InlineData("<Status>Enabled</Status><Filter/><Expiration><Date>soon</Date></Expiration>")]
    [InlineData("<Status>Enabled</Status><Filter/><Expiration><Days>1</Days><Date>2030-01-01</Date></Expiration>")]
    [InlineData("<Status>Enabled</Status><Filter/><Expiration><Days>1</Days>" +
        "<ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>")]
    [InlineData("<Status>Enabled</Status><Filter/><NoncurrentVersionExpiration/>")]
    [InlineData("<Status>Enabled</Status><Filter><Prefix>a</Prefix><ObjectSizeLessThan>1</ObjectSizeLessThan>" +
        "</Filter><Expiration><Days>1</Days></Expiration>")]
    [InlineData("<Status>Enabled</Status><Filter><And/></Filter><Expiration><Days>1</Days></Expiration>")]
    [InlineData("<Status>Enabled</Status><Filter><ObjectSizeLessThan>-1</ObjectSizeLessThan></Filter>" +
        "<Expiration><Days>1</Days></Expiration>")]
    public void What_the_schema_does_not_have_is_malformed(string rule) =>
        Refusal(Rule(rule)).Error.ShouldBe(S3Errors.MalformedXml);

    [Theory]
    [InlineData("<Expiration><Days>0</Days></Expiration>", "'Days' for Expiration action must be a positive integer")]
    [InlineData("<Expiration><Days>-1</Days></Expiration>", "'Days' for Expiration action must be a positive integer")]
    [InlineData("<Expiration><Date>2030-01-01T00:00:01Z</Date></Expiration>", "'Date' must be at midnight GMT")]
    [InlineData("<NoncurrentVersionExpiration><NoncurrentDays>0</NoncurrentDays></NoncurrentVersionExpiration>",
        "'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer")]
    [InlineData("<NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays>" +
        "<NewerNoncurrentVersions>101</NewerNoncurrentVersions></NoncurrentVersionExpiration>",
        "'NewerNoncurrentVersions' for NoncurrentVersionExpiration action must be at most 100")]
    [InlineData("<AbortIncompleteMultipartUpload><DaysAfterInitiation>0</DaysAfterInitiation>" +
        "</AbortIncompleteMultipartUpload>",
        "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer")]
    public void A_number_or_date_that_makes_no_sense_is_an_invalid_argument(string action, string message)
    {
        var refused = Refusal(Rule(Enabled + Everything + action));
        (refused.Error, refused.Message).ShouldBe((S3Errors.InvalidArgument, message));
    }

    [Theory]
    [InlineData("<Filter/>", "At least one action needs to be specified in a rule")]
    [InlineData($"<Filter>{Tag}</Filter>{AbortUploads}",
        "AbortIncompleteMultipartUpload cannot be specified with Tags.")]
    [InlineData($"<Filter><ObjectSizeLessThan>1</ObjectSizeLessThan></Filter>{AbortUploads}",
        "AbortIncompleteMultipartUpload cannot be specified with Object Size.")]
    [InlineData($"<Filter>{Tag}</Filter><Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker>" +
        "</Expiration>", "ExpiredObjectDeleteMarker cannot be specified with Tags.")]
    [InlineData($"<Filter><And>{Tag}{Tag}</And></Filter>{Expire}", "Duplicate Tag Keys are not allowed.")]
    [InlineData("<Filter><And><ObjectSizeGreaterThan>5</ObjectSizeGreaterThan>" +
        $"<ObjectSizeLessThan>5</ObjectSizeLessThan></And></Filter>{Expire}",
        "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'")]
    [InlineData("<Prefix/><NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays>" +
        "<NewerNoncurrentVersions>1</NewerNoncurrentVersions></NoncurrentVersionExpiration>",
        "NewerNoncurrentVersions element can only be used in Lifecycle V2.")]
    public void A_rule_that_contradicts_itself_is_an_invalid_request(string rule, string message)
    {
        var refused = Refusal(Rule(Enabled + rule));
        (refused.Error, refused.Message).ShouldBe((S3Errors.InvalidRequest, message));
    }

    [Theory]
    [InlineData("<Transition><Days>1</Days><StorageClass>GLACIER</StorageClass></Transition>")]
    [InlineData("<NoncurrentVersionTransition><NoncurrentDays>1</NoncurrentDays><StorageClass>GLACIER</StorageClass>" +
        "</NoncurrentVersionTransition>")]
    public void Transitions_are_not_implemented(string transition) =>
        Refusal(Rule(Enabled + Everything + Expire + transition)).Error.ShouldBe(S3Errors.NotImplemented);

    [Fact]
    public void Ids_are_unique_and_not_too_long()
    {
        Parse(Named(new string('i', 255))).Rules.Count.ShouldBe(1);
        Refusal(Named(new string('i', 256))).Error.ShouldBe(S3Errors.InvalidArgument);
        Refusal(Named("same"), Named("other"), Named("same")).Message
            .ShouldBe("Rule ID must be unique. Found same ID for more than one rule");
    }

    [Fact]
    public void There_are_at_most_a_thousand_rules()
    {
        Parse([.. Enumerable.Repeat(Rule(Enabled + Everything + Expire), 1000)]).Rules.Count.ShouldBe(1000);
        Refusal([.. Enumerable.Repeat(Rule(Enabled + Everything + Expire), 1001)]).Error
            .ShouldBe(S3Errors.MalformedXml);
        Refusal().Error.ShouldBe(S3Errors.MalformedXml);
    }

    [Theory]
    [InlineData("a", "a", "Found two rules with same prefix 'a'")]
    [InlineData("ab", "a", "Found overlapping prefixes 'a' and 'ab' for same action type 'Expiration'")]
    [InlineData("", "z", "Found overlapping prefixes '' and 'z' for same action type 'Expiration'")]
    [InlineData("a/", "ab", null)]
    public void Rules_of_the_older_form_do_not_overlap(string one, string other, string? message)
    {
        string[] rules = [Older(one, Expire), Older(other, Expire)];
        if (message is null)
            Parse(rules).Rules.Count.ShouldBe(2);
        else
            Refusal(rules).Message.ShouldBe(message);
    }

    [Fact]
    public void Rules_may_overlap_in_different_actions_or_in_the_newer_form()
    {
        Parse(Older("a", Expire), Older("ab", AbortUploads)).Rules.Count.ShouldBe(2);
        Parse(Rule($"{Enabled}<Filter><Prefix>a</Prefix></Filter>{Expire}"),
            Rule($"{Enabled}<Filter><Prefix>ab</Prefix></Filter>{Expire}")).Rules.Count.ShouldBe(2);
        Refusal(Older("a", Expire), Rule(Enabled + Everything + Expire)).Error.ShouldBe(S3Errors.InvalidRequest);
    }

    private static string Rule(string inner) => $"<Rule>{inner}</Rule>";

    private static string Named(string id) => Rule($"<ID>{id}</ID>{Enabled}{Everything}{Expire}");

    private static string Older(string prefix, string action) => Rule($"{Enabled}<Prefix>{prefix}</Prefix>{action}");

    private static S3Exception Refusal(params string[] rules) => Should.Throw<S3Exception>(() => Parse(rules));

    private static LifecycleConfiguration Parse(params string[] rules)
    {
        var made = 0;
        return LifecycleConfiguration.Parse(
            XmlNode.Parse(
                Encoding.UTF8.GetBytes($"<LifecycleConfiguration>{string.Concat(rules)}</LifecycleConfiguration>"),
                LifecycleConfiguration.Root, 64 * 1024),
            () => $"made-{++made}");
    }
}
