namespace CasStore.Api.S3.Access.Settings;

/// <summary>Who owns the objects that others than its owner put into a bucket, and whether lists count there.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html</remarks>
public enum ObjectOwnership
{
    /// <summary>Who writes an object owns it. So it is where nothing was configured.</summary>
    ObjectWriter,

    /// <summary>The bucket's owner does if the writer gives it full control, else the writer.</summary>
    BucketOwnerPreferred,

    /// <summary>The bucket's owner does; lists do not count, and only those that say nothing are taken.</summary>
    BucketOwnerEnforced,
}

/// <summary>The settings as S3 writes them, and as they are stored.</summary>
public static class ObjectOwnershipNames
{
    /// <summary>The setting of a name, or null.</summary>
    public static ObjectOwnership? Parse(string name) => name switch
    {
        nameof(ObjectOwnership.ObjectWriter) => ObjectOwnership.ObjectWriter,
        nameof(ObjectOwnership.BucketOwnerPreferred) => ObjectOwnership.BucketOwnerPreferred,
        nameof(ObjectOwnership.BucketOwnerEnforced) => ObjectOwnership.BucketOwnerEnforced,
        _ => null,
    };
}
