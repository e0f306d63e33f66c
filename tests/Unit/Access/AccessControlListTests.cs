using CasStore.Api.S3.Access;
using CasStore.Api.S3.Access.Acls;
using CasStore.Api.S3.Errors;

namespace CasStore.Tests.Unit.Access;

/// <summary>Access control lists: what they grant to whom, and their forms.</summary>
public sealed class AccessControlListTests
{
    private static readonly Principal Alice = new("alice-id", "Alice", "AK", IsRoot: false) { Name = "alice" };
    private static readonly Principal Bob = new("bob-id", "Bob", "BK", IsRoot: false) { Name = "bob" };

    [Theory]
    [InlineData("private", "FULL_CONTROL alice-id")]
    [InlineData("aws-exec-read", "FULL_CONTROL alice-id")]
    [InlineData("public-read", "FULL_CONTROL alice-id,READ AllUsers")]
    [InlineData("public-read-write", "FULL_CONTROL alice-id,READ AllUsers,WRITE AllUsers")]
    [InlineData("authenticated-read", "FULL_CONTROL alice-id,READ AuthenticatedUsers")]
    [InlineData("bucket-owner-read", "FULL_CONTROL alice-id,READ bob-id")]
    [InlineData("bucket-owner-full-control", "FULL_CONTROL alice-id,FULL_CONTROL bob-id")]
    [InlineData("log-delivery-write", "FULL_CONTROL alice-id,WRITE LogDelivery,READ_ACP LogDelivery")]
    public void Canned(string name, string grants)
    {
        var list = CannedAcl.Find(name, "alice-id", "bob-id").ShouldNotBeNull();
        Show(list).ShouldBe(grants);
        Show(AccessControlList.Read(list.Write())).ShouldBe(grants);
    }

    [Theory]
    [InlineData("bucket-owner-read")]
    [InlineData("bucket-owner-full-control")]
    public void The_buckets_owner_needs_no_grant_for_its_own(string name) =>
        CannedAcl.Find(name, "alice-id", "alice-id").ShouldNotBeNull().IsPrivateTo("alice-id").ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("Private")]
    [InlineData("public")]
    public void Unknown_names_are_none(string name) => CannedAcl.Find(name, "alice-id", "bob-id").ShouldBeNull();

    [Theory]
    [InlineData(AclPermission.Read, true, true, true)]
    [InlineData(AclPermission.Write, false, false, true)]
    [InlineData(AclPermission.ReadAcp, false, true, true)]
    [InlineData(AclPermission.WriteAcp, false, false, true)]
    public void Grants_what_it_says(AclPermission permission, bool anonymous, bool bob, bool alice)
    {
        var list = new AccessControlList(
        [
            new(Grantee.User("alice-id"), AclPermission.FullControl), new(Grantee.AllUsers, AclPermission.Read),
            new(Grantee.AuthenticatedUsers, AclPermission.ReadAcp), new(Grantee.LogDelivery, AclPermission.Write),
        ]);
        list.Allows(Principal.Anonymous, permission, ignorePublic: false).ShouldBe(anonymous);
        list.Allows(Bob, permission, ignorePublic: false).ShouldBe(bob);
        list.Allows(Alice, permission, ignorePublic: false).ShouldBe(alice);
        list.Allows(Principal.Anonymous, permission, ignorePublic: true).ShouldBeFalse();
        list.Allows(Bob, permission, ignorePublic: true).ShouldBeFalse();
        list.Allows(Alice, permission, ignorePublic: true).ShouldBeTrue();
    }

    [Fact]
    public void Nobody_is_no_user() => new AccessControlList(
        [new(Grantee.User(Principal.Anonymous.UserId), AclPermission.FullControl)])
        .Allows(Principal.Anonymous, AclPermission.Read, ignorePublic: false).ShouldBeFalse();

    [Theory]
    [InlineData("public-read", true)]
    [InlineData("authenticated-read", true)]
    [InlineData("log-delivery-write", false)]
    [InlineData("private", false)]
    public void Knows_whether_it_is_public(string name, bool isPublic) =>
        CannedAcl.Find(name, "alice-id", "alice-id")!.IsPublic.ShouldBe(isPublic);

    [Theory]
    [InlineData("id=a", "id:a")]
    [InlineData("id=\"a\", uri=\"http://x/=1\",emailAddress='e@x'", "id:a uri:http://x/=1 emailAddress:e@x")]
    public void Headers_name_grantees(string value, string grantees) =>
        string.Join(' ', AclHeaders.Parse("x", value).Select(one => $"{one.Kind}:{one.Name}")).ShouldBe(grantees);

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("id=")]
    [InlineData("id=a,")]
    public void Headers_that_name_none_are_refused(string value) =>
        Should.Throw<S3Exception>(() => AclHeaders.Parse("x", value).ToList()).Error
            .ShouldBe(S3Errors.InvalidArgument);

    [Fact]
    public void So_many_grants_and_no_more()
    {
        var grant = new Grant(Grantee.AllUsers, AclPermission.Read);
        AclXml.Limit([.. Enumerable.Repeat(grant, 100)]).Grants.Count.ShouldBe(100);
        Should.Throw<S3Exception>(() => AclXml.Limit([.. Enumerable.Repeat(grant, 101)])).Error
            .ShouldBe(S3Errors.MalformedAclError);
    }

    private static string Show(AccessControlList list) => string.Join(',', list.Grants.Select(grant =>
        $"{grant.Permission.Name()} {grant.Grantee.Id[(grant.Grantee.Id.LastIndexOf('/') + 1)..]}"));
}
