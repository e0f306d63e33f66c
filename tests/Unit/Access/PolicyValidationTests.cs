using System.Text;
using CasStore.Api.S3.Access.Policies;
using CasStore.Api.S3.Errors;

namespace CasStore.Tests.Unit.Access;

/// <summary>What a policy must fulfil to be put on a bucket.</summary>
public sealed class PolicyValidationTests
{
    private const string InvalidResource = "Policy has invalid resource";
    private const string InvalidAction = "Policy has invalid action";
    private const string DoesNotApply = "Action does not apply to any resource(s) in statement";

    [Theory]
    [InlineData("s3:GetObject", "arn:aws:s3:::bucket/*")]
    [InlineData("s3:GetObject", "arn:aws:s3:::bucket/folder/?.txt")]
    [InlineData("s3:GetObject", "arn:aws:s3:::bucket/${aws:username}/*")]
    [InlineData("s3:GetObject", "arn:aws:s3:::bucket*")]
    [InlineData("s3:GetObject", "arn:aws:s3:::*")]
    [InlineData("s3:GetObject", "*")]
    [InlineData("s3:ListBucket", "arn:aws:s3:::bucket")]
    [InlineData("s3:ListBucket", "arn:aws:s3:::bucket*")]
    [InlineData("s3:ListBucket", "arn:aws:s3::*:bucket")]
    [InlineData("S3:listbucket", "arn:aws:s3:::bucket")]
    [InlineData("s3:*", "arn:aws:s3:::bucket")]
    [InlineData("s3:*", "arn:aws:s3:::bucket/*")]
    [InlineData("*", "arn:aws:s3:::bucket/*")]
    [InlineData("s3:Get*", "arn:aws:s3:::bucket")]
    public void Takes(string action, string resource) => Check(action, resource);

    [Theory]
    [InlineData("s3:GetObject", "arn:aws:s3:::other/*", InvalidResource)]
    [InlineData("s3:GetObject", "arn:aws:s3:::bucket2/*", InvalidResource)]
    [InlineData("s3:GetObject", "arn:aws:s3:::Bucket/*", InvalidResource)]
    [InlineData("s3:GetObject", "bucket/*", InvalidResource)]
    [InlineData("s3:GetObject", "arn:aws:sqs:::bucket/*", InvalidResource)]
    [InlineData("s3:GetObject", "", InvalidResource)]
    [InlineData("s3:GetEverything", "arn:aws:s3:::bucket/*", InvalidAction)]
    [InlineData("s3:Fly*", "arn:aws:s3:::bucket/*", InvalidAction)]
    [InlineData("ec2:*", "arn:aws:s3:::bucket/*", InvalidAction)]
    [InlineData("GetObject", "arn:aws:s3:::bucket/*", InvalidAction)]
    [InlineData("s3:GetObject", "arn:aws:s3:::bucket", DoesNotApply)]
    [InlineData("s3:PutObject*", "arn:aws:s3:::bucket", DoesNotApply)]
    [InlineData("s3:ListBucket", "arn:aws:s3:::bucket/*", DoesNotApply)]
    [InlineData("s3:ListBucket", "arn:aws:s3:::bucket/", DoesNotApply)]
    public void Refuses(string action, string resource, string message)
    {
        var refused = Should.Throw<S3Exception>(() => Check(action, resource));
        refused.Error.ShouldBe(S3Errors.MalformedPolicy);
        refused.Message.ShouldBe(message);
    }

    [Fact]
    public void Each_action_must_apply_to_one_of_the_resources()
    {
        Check("s3:GetObject\",\"s3:ListBucket", "arn:aws:s3:::bucket\",\"arn:aws:s3:::bucket/*");
        Should.Throw<S3Exception>(() => Check("s3:GetObject\",\"s3:ListBucket", "arn:aws:s3:::bucket/*"))
            .Message.ShouldBe(DoesNotApply);
        Should.Throw<S3Exception>(() => Check("s3:GetObject", "arn:aws:s3:::bucket/*\",\"arn:aws:s3:::other/*"))
            .Message.ShouldBe(InvalidResource);
    }

    [Theory]
    [InlineData("""{ "a" : "b c" }""", 11)]
    [InlineData("{\r\n\t\"a\":\"\\\" \\\\\" }", 13)]
    [InlineData("", 0)]
    public void White_space_between_the_parts_does_not_count(string document, int size) =>
        PolicyValidation.Size(Encoding.UTF8.GetBytes(document)).ShouldBe(size);

    private static void Check(string action, string resource) => PolicyValidation.Check(
        PolicyParser.Parse($$"""
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":["{{action}}"],
            "Resource":["{{resource}}"]}]}
            """),
        "bucket");
}
