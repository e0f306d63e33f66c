using CasStore.Api.S3.Access;
using CasStore.Api.S3.Access.Policies;
using CasStore.Api.S3.Errors;

namespace CasStore.Tests.Unit.Access;

/// <summary>Whom, what and which a statement is about; and that what denies always wins.</summary>
public sealed class PolicyEvaluationTests
{
    private static readonly string AliceId = new('a', 64);

    private static readonly Principal Alice = new(AliceId, "Alice", "AK", IsRoot: false) { Name = "alice" };
    private static readonly Principal Bob = new(new string('b', 64), "Bob", "BK", IsRoot: false) { Name = "bob" };
    private static readonly Principal Root = Principal.Root("RK");

    [Theory]
    [InlineData("\"*\"", "alice bob root anonymous")]
    [InlineData("""{"AWS":"*"}""", "alice bob root anonymous")]
    [InlineData("""{"AWS":"ALICEID"}""", "alice")]
    [InlineData("""{"AWS":"arn:aws:iam:::user/alice"}""", "alice")]
    [InlineData("""{"AWS":"arn:aws:iam:::user/ALICEID"}""", "alice")]
    [InlineData("""{"AWS":"arn:aws:iam::000000000000:user/alice"}""", "alice")]
    [InlineData("""{"AWS":"arn:aws:iam::000000000000:user/division/alice"}""", "alice")]
    [InlineData("""{"AWS":"arn:aws:iam::tenant:user/alice"}""", "alice")]
    [InlineData("""{"AWS":"arn:aws:iam::ALICEID:root"}""", "alice")]
    [InlineData("""{"AWS":"arn:aws:iam::alice:root"}""", "alice")]
    [InlineData("""{"AWS":["arn:aws:iam::bob:root","arn:aws:iam::alice:root"]}""", "alice bob")]
    [InlineData("""{"CanonicalUser":"ALICEID"}""", "alice")]
    [InlineData("""{"AWS":"000000000000"}""", "root")]
    [InlineData("""{"AWS":"arn:aws:iam::000000000000:root"}""", "root")]
    [InlineData("""{"AWS":"123456789012"}""", "")]
    [InlineData("""{"AWS":"arn:aws:iam::123456789012:root"}""", "")]
    [InlineData("""{"AWS":"arn:aws:iam::123456789012:user/alice"}""", "")]
    [InlineData("""{"AWS":"arn:aws:iam:::user/Alice"}""", "")]
    [InlineData("""{"AWS":"arn:aws:iam:::user/root"}""", "")]
    [InlineData("""{"AWS":"arn:aws:iam::000000000000:role/alice"}""", "")]
    [InlineData("""{"AWS":"arn:aws:sts::000000000000:assumed-role/alice/session"}""", "")]
    [InlineData("""{"Service":"logging.s3.amazonaws.com"}""", "")]
    [InlineData("""{"Federated":"accounts.google.com"}""", "")]
    public void Knows_its_principals(string principal, string who)
    {
        var policy = Policy($$"""
            "Effect":"Allow","Principal":{{principal.Replace("ALICEID", AliceId)}},"Action":"s3:*","Resource":"*"
            """);
        var found = new[] { (Alice, "alice"), (Bob, "bob"), (Root, "root"), (Principal.Anonymous, "anonymous") }
            .Where(one => Judge(policy, one.Item1, "s3:GetObject", "k") == PolicyVerdict.Allow)
            .Select(one => one.Item2);
        string.Join(' ', found).ShouldBe(who);
    }

    [Theory]
    [InlineData("arn:aws:iam:::root")]
    [InlineData("arn:aws:iam::000000000000:user/")]
    [InlineData("arn:aws:iam::000000000000:user")]
    [InlineData("arn:aws:s3:::bucket")]
    [InlineData("arn:aws:iam::000000000000:user/a*")]
    [InlineData("arn:gcp:iam::000000000000:user/a")]
    [InlineData("alice")]
    [InlineData("")]
    public void Refuses_what_is_no_principal(string principal) => Should.Throw<S3Exception>(() => Policy($$"""
        "Effect":"Allow","Principal":{"AWS":"{{principal}}"},"Action":"s3:*","Resource":"*"
        """)).Message.ShouldBe("Invalid principal in policy");

    [Fact]
    public void A_statement_can_be_about_all_but_some()
    {
        var policy = Policy("""
            "Effect":"Deny","NotPrincipal":{"AWS":"arn:aws:iam:::user/alice"},"NotAction":"s3:Get*",
            "NotResource":"arn:aws:s3:::b/free/*"
            """);
        Judge(policy, Alice, "s3:PutObject", "k").ShouldBe(PolicyVerdict.Silent);
        Judge(policy, Bob, "s3:PutObject", "k").ShouldBe(PolicyVerdict.Deny);
        Judge(policy, Principal.Anonymous, "s3:PutObject", "k").ShouldBe(PolicyVerdict.Deny);
        Judge(policy, Bob, "s3:GetObject", "k").ShouldBe(PolicyVerdict.Silent);
        Judge(policy, Bob, "s3:PutObject", "free/k").ShouldBe(PolicyVerdict.Silent);
    }

    [Theory]
    [InlineData("secret/a")]
    [InlineData("secret/")]
    [InlineData("secret/line\nbreak")]
    [InlineData("secret/\r\n\u2028\u0085")]
    [InlineData("secret/*")]
    [InlineData("secret/?")]
    [InlineData("secret/😀/ключ")]
    [InlineData("secret/\ud83d")]
    [InlineData("secret/../public/a")]
    [InlineData("secret/${aws:username}")]
    public void What_is_denied_stays_denied_whatever_the_key(string key)
    {
        var policy = Policy(
            """ "Effect":"Allow","Principal":"*","Action":"*","Resource":"arn:aws:s3:::b/*" """,
            """ "Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/secret/*" """);
        Judge(policy, Alice, "s3:GetObject", key).ShouldBe(PolicyVerdict.Deny);
        Judge(policy, Alice, "s3:PutObject", key).ShouldBe(PolicyVerdict.Allow);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_order_of_statements_does_not_matter(bool denyFirst)
    {
        string[] statements =
        [
            """ "Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/k" """,
            """ "Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/*" """,
        ];
        var policy = Policy(denyFirst ? statements : [.. statements.Reverse()]);
        Judge(policy, Alice, "s3:GetObject", "k").ShouldBe(PolicyVerdict.Deny);
        Judge(policy, Alice, "s3:GetObject", "k2").ShouldBe(PolicyVerdict.Allow);
        Judge(policy, Alice, "s3:ListBucket", key: null).ShouldBe(PolicyVerdict.Silent);
    }

    [Fact]
    public void Resources_have_variables_in_the_newer_version_only()
    {
        var statement = """
            "Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/${aws:username}/*"
            """;
        var context = FakeContext.Of("aws:username", "alice");
        var newer = Policy(statement);
        newer.Evaluate(Alice, "s3:GetObject", "arn:aws:s3:::b/alice/x", context).ShouldBe(PolicyVerdict.Allow);
        newer.Evaluate(Alice, "s3:GetObject", "arn:aws:s3:::b/bob/x", context).ShouldBe(PolicyVerdict.Silent);
        newer.Evaluate(Principal.Anonymous, "s3:GetObject", "arn:aws:s3:::b//x", new FakeContext())
            .ShouldBe(PolicyVerdict.Silent);
        var older = PolicyParser.Parse($$"""{"Version":"2008-10-17","Statement":[{ {{statement}} }]}""");
        older.Evaluate(Alice, "s3:GetObject", "arn:aws:s3:::b/alice/x", context).ShouldBe(PolicyVerdict.Silent);
    }

    private static BucketPolicy Policy(params string[] statements) => PolicyParser.Parse(
        $$"""{"Version":"2012-10-17","Statement":[{{string.Join(',', statements.Select(one => $"{{{one}}}"))}}]}""");

    private static PolicyVerdict Judge(BucketPolicy policy, Principal principal, string action, string? key) =>
        policy.Evaluate(
            principal, action, key is null ? "arn:aws:s3:::b" : $"arn:aws:s3:::b/{key}", new FakeContext());
}
