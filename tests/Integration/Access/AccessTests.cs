using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Access;

/// <summary>Tests of who may do what: two users beside root, and requests without a signature.</summary>
public abstract class AccessTests : StoreTests
{
    private static readonly SemaphoreSlim OneSet = new(1);
    private static (TestUser Alice, TestUser Bob)? _users;

    /// <summary>The owner of the buckets.</summary>
    internal TestUser Alice { get; private set; } = null!;

    /// <summary>Somebody else.</summary>
    internal TestUser Bob { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await OneSet.WaitAsync();
        try
        {
            _users ??= (await Users.AddAsync(Server), await Users.AddAsync(Server));
        }
        finally
        {
            OneSet.Release();
        }
        (Alice, Bob) = _users.Value;
    }

    /// <summary>Makes a bucket of Alice.</summary>
    internal async Task<string> AliceBucketAsync(params (string Name, string Value)[] headers)
    {
        var name = UniqueName();
        (await AsAlice("PUT", $"/{name}", "", headers)).ShouldBe(200);
        return name;
    }

    internal Task<RawResponse> AsAlice(
        string method, string target, string text = "", params (string Name, string Value)[] headers) =>
        AsAsync(Alice, method, target, text, headers);

    internal Task<RawResponse> AsBob(
        string method, string target, string text = "", params (string Name, string Value)[] headers) =>
        AsAsync(Bob, method, target, text, headers);

    /// <summary>Sends a request without a signature.</summary>
    internal Task<RawResponse> AsNobody(
        string method, string target, string text = "", params (string Name, string Value)[] headers) =>
        AsAsync(null, method, target, text, headers);

    internal Task<RawResponse> AsAsync(
        TestUser? who, string method, string target, string text, params (string Name, string Value)[] headers) =>
        Raw.SendAsync(new RawRequest(method, target)
        {
            Who = who?.Credentials,
            Text = text,
            Headers = headers.ToDictionary(h => h.Name, h => h.Value, StringComparer.OrdinalIgnoreCase),
        });

    /// <summary>Puts a policy of statements as the bucket's owner.</summary>
    internal async Task PutPolicyAsync(string bucket, params string[] statements) =>
        (await AsAlice("PUT", $"/{bucket}?policy", Policy(statements))).ShouldBe(204);

    /// <summary>A policy of statements, each without its braces.</summary>
    internal static string Policy(params string[] statements) =>
        $$"""{"Version":"2012-10-17","Statement":[{{string.Join(',', statements.Select(one => $"{{{one}}}"))}}]}""";

    /// <summary>A statement without its braces; BUCKET in a resource follows <c>arn:aws:s3:::</c>.</summary>
    internal static string Statement(
        string effect, string principal, string actions, string resource, string condition = "{}") =>
        $$"""
        "Effect":"{{effect}}","Principal":{{principal}},
        "Action":[{{string.Join(',', actions.Split(' ').Select(action => $"\"{action}\""))}}],
        "Resource":[{{string.Join(',', resource.Split(' ').Select(one => $"\"arn:aws:s3:::{one}\""))}}],
        "Condition":{{condition}}
        """;

    internal string ToBob => $$"""{"AWS":"arn:aws:iam::000000000000:user/{{Bob.Name}}"}""";

    internal const string ToAll = "\"*\"";

    internal static void ShouldBeDenied(RawResponse answer) =>
        answer.ShouldBeError(403, "AccessDenied", "Access Denied");
}
