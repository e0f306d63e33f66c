using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Authentication;

/// <summary>A parsed credential: <c>access-key/yyyyMMdd/region/s3/aws4_request</c>.</summary>
internal readonly record struct CredentialScope(string AccessKey, string Date, string Region)
{
    public const string Service = "s3";
    public const string Terminator = "aws4_request";

    /// <summary>Parses a credential for this region; errors are <paramref name="error"/> led by its prefix.</summary>
    public static CredentialScope Parse(string credential, string region, ScopeError error)
    {
        // Access keys may hold slashes, so the fixed parts are taken from the end.
        var rest = credential.AsSpan();
        var terminator = TakeLast(ref rest);
        var service = TakeLast(ref rest);
        var claimed = TakeLast(ref rest);
        var date = TakeLast(ref rest);
        if (rest.IsEmpty || date.IsEmpty)
        {
            throw error.With("the Credential is mal-formed; expecting " +
                "\"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
        }

        if (date.Length != 8 || date.ContainsAnyExceptInRange('0', '9'))
        {
            throw error.With($"incorrect date format \"{date}\". This date in the credential must be in the format " +
                "\"yyyyMMdd\".");
        }

        if (!claimed.SequenceEqual(region))
            throw error.With($"the region '{claimed}' is wrong; expecting '{region}'", ("Region", region));
        if (!service.SequenceEqual(Service))
            throw error.With($"incorrect service \"{service}\". This endpoint belongs to \"{Service}\".");
        if (!terminator.SequenceEqual(Terminator))
            throw error.With($"incorrect terminal \"{terminator}\". This endpoint uses \"{Terminator}\".");
        return new CredentialScope(rest.ToString(), date.ToString(), region);
    }

    /// <summary>The scope's date must be the day of the signing time.</summary>
    public void RequireDay(string timestamp, ScopeError error)
    {
        if (!timestamp.StartsWith(Date, StringComparison.Ordinal))
        {
            throw error.With($"Invalid credential date \"{Date}\". This date is not the same as X-Amz-Date: " +
                $"\"{timestamp[..8]}\".");
        }
    }

    private static ReadOnlySpan<char> TakeLast(ref ReadOnlySpan<char> rest)
    {
        var slash = rest.LastIndexOf('/');
        var last = rest[(slash + 1)..];
        rest = slash < 0 ? [] : rest[..slash];
        return last;
    }
}

/// <summary>How errors in a credential are told, which depends on where the credential came from.</summary>
internal sealed record ScopeError(S3Error Error, string Prefix)
{
    public static ScopeError Header { get; } =
        new(S3Errors.AuthorizationHeaderMalformed, "The authorization header is malformed; ");

    public static ScopeError Query { get; } =
        new(S3Errors.AuthorizationQueryParametersError, "Error parsing the X-Amz-Credential parameter; ");

    public static ScopeError Form { get; } =
        new(S3Errors.InvalidArgument, "Error parsing the X-Amz-Credential field; ");

    public S3Exception With(string message, params (string Name, string Value)[] details) =>
        new(Error, Prefix + message, details);
}
