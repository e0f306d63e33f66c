using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Xml;

namespace CasStore.Api.S3.Access.Acls;

/// <summary>Access control lists in XML.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_AccessControlPolicy.html
/// </remarks>
public static class AclXml
{
    // Each grant has a grantee, its id and name, and a permission.
    private const int MaxElements = 8 + (AccessControlList.MaxGrants + 1) * 6;

    /// <summary>Reads a list that is to replace another.</summary>
    /// <param name="document">The document.</param>
    /// <param name="owner">Owner of the bucket or object, which no list can change.</param>
    /// <param name="users">Finds the users that it names.</param>
    /// <exception cref="S3Exception">MalformedACLError, AccessDenied, or what is wrong with a grantee.</exception>
    public static async ValueTask<AccessControlList> ReadAsync(byte[] document, string owner, GranteeLookup users)
    {
        var policy = Parse(document);
        if (Only(policy, "Owner")?.TextOf("ID")?.Trim() is not { Length: > 0 } named)
            throw new S3Exception(S3Errors.MalformedAclError);
        if (named != owner)
            throw new S3Exception(S3Errors.AccessDenied);
        var list = Only(policy, "AccessControlList") ?? throw new S3Exception(S3Errors.MalformedAclError);
        var grants = new List<Grant>();
        foreach (var element in list.Children)
        {
            var grantee = element.Name == "Grant" ? Only(element, "Grantee") : null;
            if (grantee is null || element.TextOf("Permission")?.Trim() is not { } name
                || AclPermissionNames.Parse(name) is not { } permission)
            {
                throw new S3Exception(S3Errors.MalformedAclError);
            }
            grants.Add(new Grant(await ReadAsync(grantee, users), permission));
        }
        return Limit(grants);
    }

    /// <summary>Writes a list.</summary>
    /// <param name="owner">Owner of the bucket or object.</param>
    /// <param name="list">The list.</param>
    /// <param name="displayName">Finds the display name of a user.</param>
    public static async Task<XmlDocument> WriteAsync(
        string owner, AccessControlList list, Func<string, Task<string>> displayName)
    {
        var document = new XmlDocument("AccessControlPolicy")
            .Open("Owner").Element("ID", owner).Element("DisplayName", await displayName(owner)).Close("Owner")
            .Open("AccessControlList");
        foreach (var (grantee, permission) in list.Grants)
        {
            var type = grantee.IsGroup ? "Group" : "CanonicalUser";
            document.Open("Grant").Open(
                $"Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"{type}\"");
            if (grantee.IsGroup)
                document.Element("URI", grantee.Id);
            else
                document.Element("ID", grantee.Id).Element("DisplayName", await displayName(grantee.Id));
            document.Close("Grantee").Element("Permission", permission.Name()).Close("Grant");
        }
        return document.Close("AccessControlList");
    }

    /// <summary>The list of so many grants.</summary>
    /// <exception cref="S3Exception">MalformedACLError: there are too many.</exception>
    internal static AccessControlList Limit(List<Grant> grants) => grants.Count <= AccessControlList.MaxGrants
        ? new AccessControlList(grants)
        : throw new S3Exception(S3Errors.MalformedAclError);

    private static XmlNode Parse(byte[] document)
    {
        try
        {
            return XmlNode.Parse(document, "AccessControlPolicy", MaxElements);
        }
        catch (S3Exception malformed) when (malformed.Error == S3Errors.MalformedXml)
        {
            throw new S3Exception(S3Errors.MalformedAclError);
        }
    }

    // The type is told by an attribute too, but what there is in the element tells it as well.
    private static async ValueTask<Grantee> ReadAsync(XmlNode grantee, GranteeLookup users) =>
        (grantee.TextOf("ID"), grantee.TextOf("URI"), grantee.TextOf("EmailAddress")) switch
        {
            ({ } id, null, null) => await users.ByIdAsync(id.Trim()),
            (null, { } uri, null) => GranteeLookup.ByUri(uri.Trim()),
            (null, null, { } email) => await users.ByEmailAsync(email.Trim()),
            _ => throw new S3Exception(S3Errors.MalformedAclError),
        };

    private static XmlNode? Only(XmlNode parent, string name)
    {
        var found = parent.Children.Where(child => child.Name == name).ToList();
        return found.Count == 1 ? found[0] : null;
    }
}
