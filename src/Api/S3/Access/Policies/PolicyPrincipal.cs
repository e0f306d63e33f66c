namespace CasStore.Api.S3.Access.Policies;

/// <summary>
/// One principal that a policy names. Each user of the store is also taken for an account of its own, by its canonical
/// id or its name, since that is how clients name users of other accounts.
/// </summary>
/// <remarks>
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
/// </remarks>
public abstract record PolicyPrincipal
{
    private const int AccountDigits = 12;
    private const int CanonicalIdDigits = 64;

    private PolicyPrincipal()
    {
    }

    /// <summary>Whether it is this identity.</summary>
    public abstract bool Matches(Principal principal);

    /// <summary>Reads a value of <c>"AWS"</c>; null for what AWS does not take for a principal.</summary>
    public static PolicyPrincipal? Parse(string value)
    {
        if (value == "*")
            return Anyone.Instance;
        if (value == Principal.AccountId)
            return Root.Instance;
        if (IsAccountId(value))
            return Elsewhere.Instance;
        if (value.Length == CanonicalIdDigits && value.All(char.IsAsciiHexDigit))
            return new User(value.ToLowerInvariant());
        return value.Split(':', 6) is ["arn", "aws" or "aws-cn" or "aws-us-gov", var service, "", var account, var rest]
            && rest.Length > 0 && !value.AsSpan().ContainsAny("*?")
            ? OfArn(service, account, rest)
            : null;
    }

    /// <summary>Reads a value of <c>"CanonicalUser"</c>.</summary>
    public static PolicyPrincipal OfCanonicalUser(string id) => new User(id);

    private static PolicyPrincipal? OfArn(string service, string account, string resource)
    {
        var slash = resource.IndexOf('/', StringComparison.Ordinal);
        var kind = slash < 0 ? resource : resource[..slash];
        return (service, kind) switch
        {
            ("iam", "root") when slash < 0 => account switch
            {
                Principal.AccountId => Root.Instance,
                "" => null,
                _ when IsAccountId(account) => Elsewhere.Instance,
                _ => new User(account),
            },
            // Another account's number is another account's user, of whatever name.
            ("iam", "user") when slash > 0 && slash + 1 < resource.Length =>
                IsAccountId(account) && account != Principal.AccountId
                    ? Elsewhere.Instance
                    : new User(resource[(resource.LastIndexOf('/') + 1)..]),
            ("iam", "role" or "group" or "saml-provider" or "oidc-provider") when slash > 0 => Elsewhere.Instance,
            ("sts", "assumed-role" or "federated-user") when slash > 0 => Elsewhere.Instance,
            _ => null,
        };
    }

    private static bool IsAccountId(string text) =>
        text.Length == AccountDigits && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Everyone, signed or not.</summary>
    public sealed record Anyone : PolicyPrincipal
    {
        public static Anyone Instance { get; } = new();

        public override bool Matches(Principal principal) => true;
    }

    /// <summary>The root identity.</summary>
    public sealed record Root : PolicyPrincipal
    {
        public static Root Instance { get; } = new();

        public override bool Matches(Principal principal) => principal.IsRoot;
    }

    /// <summary>A user by canonical id or name.</summary>
    /// <param name="IdOrName">The one or the other.</param>
    public sealed record User(string IdOrName) : PolicyPrincipal
    {
        public override bool Matches(Principal principal) => !principal.IsAnonymous
            && (principal.UserId == IdOrName || (principal.Name == IdOrName && !principal.IsRoot));
    }

    /// <summary>Somebody that no request here comes from: a service, a role, another account.</summary>
    public sealed record Elsewhere : PolicyPrincipal
    {
        public static Elsewhere Instance { get; } = new();

        public override bool Matches(Principal principal) => false;
    }
}
