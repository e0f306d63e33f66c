using CasStore.Api.S3.Errors;
using CasStore.Projections.Access;

namespace CasStore.Api.S3.Access.Acls;

/// <summary>Finds whom a grant names; a grant to nobody is an error, not a grant.</summary>
public sealed class GranteeLookup(AccessQueries users, CancellationToken cancel)
{
    /// <summary>The grantee that a header names as <c>id</c>, <c>uri</c> or <c>emailAddress</c>.</summary>
    /// <exception cref="S3Exception">InvalidArgument or UnresolvableGrantByEmailAddress.</exception>
    public async ValueTask<Grantee> FindAsync(string kind, string name) => kind.ToLowerInvariant() switch
    {
        "id" => await ByIdAsync(name),
        "uri" => ByUri(name),
        "emailaddress" => await ByEmailAsync(name),
        _ => throw new S3Exception(S3Errors.InvalidArgument, "Argument format not recognized",
            ("ArgumentName", kind), ("ArgumentValue", name)),
    };

    public async ValueTask<Grantee> ByIdAsync(string id) =>
        id == Principal.RootUserId || (IsStorable(id) && await users.FindUserAsync(id, cancel) is not null)
            ? Grantee.User(id)
            : throw new S3Exception(S3Errors.InvalidArgument, "Invalid id",
                ("ArgumentName", "CanonicalUser/ID"), ("ArgumentValue", id));

    public static Grantee ByUri(string uri) => Grantee.Group(uri)
        ?? throw new S3Exception(S3Errors.InvalidArgument, "Invalid group uri",
            ("ArgumentName", "Group/URI"), ("ArgumentValue", uri));

    public async ValueTask<Grantee> ByEmailAsync(string email)
    {
        var found = (await users.ListUsersAsync(cancel))
            .Where(user => string.Equals(user.Email, email, StringComparison.OrdinalIgnoreCase)).ToList();
        return found switch
        {
            [var user] => Grantee.User(user.UserId),
            [] => throw new S3Exception(S3Errors.UnresolvableGrantByEmailAddress, null,
                ("ArgumentName", "EmailAddress"), ("ArgumentValue", email)),
            _ => throw new S3Exception(S3Errors.AmbiguousGrantByEmailAddress),
        };
    }

    /// <summary>Whether PostgreSQL could hold it: text without NUL.</summary>
    private static bool IsStorable(string id) => !id.Contains('\0', StringComparison.Ordinal);
}
