using CasStore.Api.S3.Access.Policies;
using CasStore.Api.S3.Errors;

namespace CasStore.Tests.Unit.Access;

/// <summary>What a policy document may be, and with which message AWS refuses what it may not.</summary>
public sealed class PolicyParserTests
{
    private const string Good = """
        "Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"
        """;

    [Theory]
    [InlineData("", "Policies must be valid JSON and the first byte must be '{'")]
    [InlineData("[]", "Policies must be valid JSON and the first byte must be '{'")]
    [InlineData("{", "This policy contains invalid Json")]
    [InlineData("{} x", "This policy contains invalid Json")]
    [InlineData("""{"Statement":"\ud800"}""", "Invalid policy syntax.")]
    [InlineData("""{}""", "Missing required field Statement")]
    [InlineData("""{"Statement":[]}""", "Could not parse the policy: Statement is empty!")]
    [InlineData("""{"Version":"2020-01-01","Statement":[]}""", "The policy must contain a valid version string")]
    [InlineData("""{"Version":1,"Statement":[]}""", "Invalid policy syntax.")]
    [InlineData("""{"Statements":[]}""", "Unknown field Statements")]
    [InlineData("""{"Statement":[],"Statement":[]}""", "Duplicate field Statement")]
    [InlineData("""{"Statement":["x"]}""", "Invalid policy syntax.")]
    public void Refuses_a_document(string document, string message) => ShouldBeRefused(document, message);

    [Theory]
    [InlineData("""{"Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b"}""", "Missing required field Effect")]
    [InlineData("""{"Effect":"allow","Principal":"*","Action":"s3:*","Resource":"a"}""", "Invalid effect: allow")]
    [InlineData("""{"Effect":"Allow","Action":"s3:*","Resource":"a"}""", "Missing required field Principal")]
    [InlineData("""{"Effect":"Allow","Principal":"*","Resource":"a"}""", "Missing required field Action")]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"s3:*"}""", "Missing required field Resource")]
    [InlineData("""{"Effect":"Allow","Principal":"*","NotPrincipal":"*","Action":"s3:*","Resource":"a"}""",
        "Statement has both Principal and NotPrincipal")]
    [InlineData("""{"Effect":"Allow","Principal":"x","Action":"s3:*","Resource":"a"}""",
        "Invalid principal in policy")]
    [InlineData("""{"Effect":"Allow","Principal":{},"Action":"s3:*","Resource":"a"}""", "Invalid principal in policy")]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":[]},"Action":"s3:*","Resource":"a"}""",
        "Invalid principal in policy")]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::1:user/*"},"Action":"s3:*","Resource":"a"}""",
        "Invalid principal in policy")]
    [InlineData("""{"Effect":"Allow","Principal":{"GCP":"*"},"Action":"s3:*","Resource":"a"}""",
        "Invalid principal in policy")]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":[],"Resource":"a"}""", "Policy has invalid action")]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":1,"Resource":"a"}""", "Policy has invalid action")]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":[]}""", "Policy has invalid resource")]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"a","When":{}}""",
        "Unknown field When")]
    public void Refuses_a_statement(string statement, string message) =>
        ShouldBeRefused($$"""{"Version":"2012-10-17","Statement":[{{statement}}]}""", message);

    [Theory]
    [InlineData("""{"StringEqual":{"s3:prefix":"x"}}""", "Invalid Condition type : StringEqual")]
    [InlineData("""{"StringEquals":{"s3:nothing":"x"}}""", "Policy has an invalid condition key")]
    [InlineData("""{"StringEquals":{"s3:ExistingObjectTag/":"x"}}""", "Policy has an invalid condition key")]
    [InlineData("""{"StringEquals":{"prefix":"x"}}""", "Policy has an invalid condition key")]
    [InlineData("""{"StringEquals":{"s3:prefix":[]}}""", "Invalid policy syntax.")]
    [InlineData("""{"StringEquals":{"s3:prefix":{}}}""", "Invalid policy syntax.")]
    [InlineData("""{"StringEquals":"x"}""", "Invalid policy syntax.")]
    [InlineData("""[]""", "Invalid policy syntax.")]
    public void Refuses_a_condition(string condition, string message) =>
        ShouldBeRefused($$"""{"Statement":[{ {{Good}},"Condition":{{condition}}}]}""", message);

    [Fact]
    public void Refuses_two_statements_of_one_id() => ShouldBeRefused(
        $$"""{"Statement":[{"Sid":"a",{{Good}}},{"Sid":"a",{{Good}}}]}""",
        "Statement IDs (SID) in a single policy must be unique.");

    [Theory]
    [InlineData("""{"Version":"2008-10-17","Id":"x","Statement":{"@"}}""", 1)]
    [InlineData("""{"Statement":[{"Sid":"","@"},{"Sid":"","@"}]}""", 2)]
    [InlineData("""  {"Statement":[{"Sid":"a","@"},{"Sid":"b","@"},{"@"}]} """, 3)]
    public void Takes_a_document(string document, int statements) =>
        PolicyParser.Parse(document.Replace("\"@\"", Good)).Statements.Count.ShouldBe(statements);

    [Theory]
    [InlineData("""{"Bool":{"aws:SecureTransport":true}}""")]
    [InlineData("""{"NumericLessThan":{"s3:max-keys":10}}""")]
    [InlineData("""{"StringEquals":{"s3:existingobjecttag/a b":["x","y"]},"Null":{"AWS:SourceIp":"true"}}""")]
    [InlineData("""{"ForAllValues:StringLikeIfExists":{"s3:RequestObjectTagKeys":["a*"]}}""")]
    [InlineData("""{}""")]
    public void Takes_a_condition(string condition) =>
        PolicyParser.Parse($$"""{"Statement":[{ {{Good}},"Condition":{{condition}}}]}""");

    [Theory]
    [InlineData("""{"StringEquals":{"s3:ExistingObjectTag/a":"x"}}""", true)]
    [InlineData("""{"StringEquals":{"s3:prefix":"${s3:ExistingObjectTag/a}"}}""", true)]
    [InlineData("""{"StringEquals":{"s3:RequestObjectTag/a":"x"}}""", false)]
    public void Knows_whether_it_asks_for_the_tags_of_the_object(string condition, bool uses) =>
        PolicyParser.Parse($$"""{"Statement":[{ {{Good}},"Condition":{{condition}}}]}""").UsesExistingTags
            .ShouldBe(uses);

    private static void ShouldBeRefused(string document, string message)
    {
        var refused = Should.Throw<S3Exception>(() => PolicyParser.Parse(document));
        refused.Error.ShouldBe(S3Errors.MalformedPolicy);
        refused.Message.ShouldBe(message);
    }
}
