using System.Buffers;
using System.Net;
using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Operations.Buckets;

/// <summary>The names that buckets may have.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html</remarks>
public static class BucketName
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-");

    /// <summary>Lets a name for a new bucket go on.</summary>
    /// <exception cref="S3Exception">InvalidBucketName.</exception>
    public static void Validate(string name)
    {
        if (!IsValid(name))
            throw new S3Exception(S3Errors.InvalidBucketName, null, ("BucketName", name));
    }

    /// <summary>
    /// Whether a bucket may be made with that name. Names that mean a bucket as of a moment are ours.
    /// </summary>
    public static bool IsValid(string name) =>
        name.Length is >= 3 and <= 63
        && !name.AsSpan().ContainsAnyExcept(Allowed)
        && char.IsAsciiLetterOrDigit(name[0])
        && char.IsAsciiLetterOrDigit(name[^1])
        && !name.Contains("..", StringComparison.Ordinal)
        && !name.Contains(".-", StringComparison.Ordinal)
        && !name.Contains("-.", StringComparison.Ordinal)
        && !(name.Split('.').Length == 4 && IPAddress.TryParse(name, out _))
        && !name.StartsWith("xn--", StringComparison.Ordinal)
        && !name.StartsWith("sthree-", StringComparison.Ordinal)
        && !name.StartsWith("amzn-s3-demo-", StringComparison.Ordinal)
        && !name.EndsWith("-s3alias", StringComparison.Ordinal)
        && !name.EndsWith("--ol-s3", StringComparison.Ordinal)
        && !name.EndsWith(".mrap", StringComparison.Ordinal)
        && !name.EndsWith("--x-s3", StringComparison.Ordinal)
        && !name.EndsWith("--table-s3", StringComparison.Ordinal)
        && !IsAsOfName(name);

    private static bool IsAsOfName(string name)
    {
        var at = name.LastIndexOf("--at-", StringComparison.Ordinal);
        if (at < 0)
            return false;
        var moment = name[(at + "--at-".Length)..];
        return (moment.StartsWith('e') && moment.Length > 1 && moment.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0)
            || (moment.Length == 16 && moment[8] == 't' && moment[15] == 'z');
    }
}
