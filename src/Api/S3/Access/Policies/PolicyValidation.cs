using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Access.Policies;

/// <summary>
/// What a policy must fulfil to be put on a bucket: its resources are of this bucket, and its actions are of S3 and can
/// be done to them.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html</remarks>
public static class PolicyValidation
{
    /// <summary>Most bytes of a policy, without the white space between its parts.</summary>
    public const int MaxBytes = 20 * 1024;

    /// <summary>Lets a policy for a bucket go on.</summary>
    /// <exception cref="S3Exception">MalformedPolicy.</exception>
    public static void Check(BucketPolicy policy, string bucket)
    {
        foreach (var statement in policy.Statements)
            Check(statement, BucketArn(bucket));
    }

    /// <summary>The ARN of a bucket; an object's goes on with a slash and its key.</summary>
    public static string BucketArn(string bucket) => $"arn:aws:s3:::{bucket}";

    /// <summary>Bytes of a document, without the white space between its parts.</summary>
    public static int Size(ReadOnlySpan<byte> document)
    {
        var (size, quoted) = (0, false);
        for (var at = 0; at < document.Length; at++)
        {
            if (quoted && document[at] == '\\')
            {
                size += 2;
                at++;
                continue;
            }
            if (document[at] == '"')
                quoted = !quoted;
            if (quoted || document[at] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                size++;
        }
        return size;
    }

    private static void Check(PolicyStatement statement, string bucketArn)
    {
        var resources = statement.Resources.Select(resource => resource.Widest()).ToList();
        if (!resources.TrueForAll(resource => IsOf(resource, bucketArn)))
            throw PolicyParser.Malformed("Policy has invalid resource");
        // An exception may name less than it could: what is not of the one kind is of the other.
        var takesBucket = statement.ExceptsResources || resources.Exists(resource => resource.Matches(bucketArn));
        var takesObjects = statement.ExceptsResources
            || resources.Exists(resource => resource.MatchesSomeTextAfter($"{bucketArn}/"));
        foreach (var action in statement.Actions.Select(action => action.Widest()))
        {
            var ofBuckets = S3Actions.OfBuckets.Any(name => action.Matches(name, ignoreCase: true));
            var ofObjects = S3Actions.OfObjects.Any(name => action.Matches(name, ignoreCase: true));
            if (!ofBuckets && !ofObjects)
                throw PolicyParser.Malformed("Policy has invalid action");
            if (!statement.ExceptsActions && !(ofBuckets && takesBucket) && !(ofObjects && takesObjects))
                throw PolicyParser.Malformed("Action does not apply to any resource(s) in statement");
        }
    }

    private static bool IsOf(Glob resource, string bucketArn) =>
        (resource.Text == "*" || resource.Text.StartsWith("arn:", StringComparison.Ordinal))
        && (resource.Matches(bucketArn) || resource.MatchesSomeTextAfter($"{bucketArn}/"));
}
