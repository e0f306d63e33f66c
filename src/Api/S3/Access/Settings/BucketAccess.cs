using CasStore.Api.S3.Access.Acls;
using CasStore.Api.S3.Access.Policies;
using CasStore.Events.Buckets;
using CasStore.Projections.Buckets;

namespace CasStore.Api.S3.Access.Settings;

/// <summary>What of a bucket's configuration says who may do what.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Configurations">How it is configured.</param>
public readonly record struct BucketAccess(Bucket Bucket, BucketConfigurations Configurations)
{
    /// <summary>Whether nothing about the bucket was ever configured.</summary>
    public bool IsUntouched => Bucket.ConfiguredAt == 0;

    public BucketPolicy? Policy => Configurations.Parsed(BucketConfigurationName.Policy, PolicyParser.Parse);

    /// <summary>The bucket's list, or null when none was put: then it is private.</summary>
    public AccessControlList? Acl =>
        AclsCount ? Configurations.Parsed(BucketConfigurationName.Acl, AccessControlList.Read) : null;

    public ObjectOwnership Ownership => Configurations[BucketConfigurationName.OwnershipControls] is { } name
        ? ObjectOwnershipNames.Parse(name) ?? ObjectOwnership.ObjectWriter
        : ObjectOwnership.ObjectWriter;

    /// <summary>Whether lists count.</summary>
    public bool AclsCount => Ownership != ObjectOwnership.BucketOwnerEnforced;

    /// <summary>Whether something keeps the public out.</summary>
    public bool Blocks(PublicAccessBlock setting) =>
        Configurations[BucketConfigurationName.PublicAccessBlock] is { } document
        && PublicAccessBlockNames.Read(document).HasFlag(setting);

    /// <summary>Who is to own what an identity puts into the bucket.</summary>
    /// <param name="writer">The identity.</param>
    /// <param name="cannedAcl">The canned list that it puts on it, or null.</param>
    public string OwnerOfNew(Principal writer, string? cannedAcl) => Ownership switch
    {
        // Nobody could ever be asked again; and the administrator acts for the owner.
        _ when writer.IsAnonymous || writer.IsRoot => Bucket.Owner,
        ObjectOwnership.ObjectWriter => writer.UserId,
        ObjectOwnership.BucketOwnerPreferred when cannedAcl != CannedAcl.BucketOwnerFullControl => writer.UserId,
        _ => Bucket.Owner,
    };
}
