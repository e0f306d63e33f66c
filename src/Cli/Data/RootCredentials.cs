using System.Security.Cryptography;

namespace CasStore.Cli.Data;

/// <summary>An access key and its secret.</summary>
internal sealed record AccessKeyPair(string AccessKey, string SecretKey)
{
    private const string IdCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const string SecretCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Draws a new pair: 20 and 40 characters, as AWS's are, none of which needs quoting anywhere.</summary>
    public static AccessKeyPair Generate() =>
        new(RandomNumberGenerator.GetString(IdCharacters, 20), RandomNumberGenerator.GetString(SecretCharacters, 40));
}

/// <summary>The root identity's key: from the environment, or generated once and kept in the data directory.</summary>
internal static class RootCredentials
{
    private const string AccessKeyVariable = "CASSTORE_ROOT_ACCESS_KEY", SecretVariable = "CASSTORE_ROOT_SECRET_KEY";
    private const string AccessKeyName = "aws_access_key_id", SecretName = "aws_secret_access_key";

    /// <exception cref="CommandFailedException">Half a pair is set, or the file is damaged.</exception>
    public static (AccessKeyPair Key, string Source) Obtain(DataDirectory data)
    {
        var accessKey = Environment.GetEnvironmentVariable(AccessKeyVariable);
        var secret = Environment.GetEnvironmentVariable(SecretVariable);
        if (string.IsNullOrEmpty(accessKey) != string.IsNullOrEmpty(secret))
            throw new CommandFailedException($"Set both {AccessKeyVariable} and {SecretVariable}, or neither.");
        if (!string.IsNullOrEmpty(accessKey))
            return (new AccessKeyPair(accessKey, secret!), $"{AccessKeyVariable} and {SecretVariable}");
        if (!File.Exists(data.Credentials))
            Write(data, AccessKeyPair.Generate());
        return (Read(data), data.Credentials);
    }

    // The form of AWS's own shared credentials file, so that AWS_SHARED_CREDENTIALS_FILE can name it.
    private static void Write(DataDirectory data, AccessKeyPair key) => DataDirectory.WriteWhole(
        data.Credentials,
        $"[default]\n{AccessKeyName} = {key.AccessKey}\n{SecretName} = {key.SecretKey}\n",
        UnixFileMode.UserRead | UnixFileMode.UserWrite);

    private static AccessKeyPair Read(DataDirectory data)
    {
        var lines = File.ReadAllLines(data.Credentials)
            .Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
            .Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        if (lines[AccessKeyName].FirstOrDefault() is { Length: > 0 } accessKey
            && lines[SecretName].FirstOrDefault() is { Length: > 0 } secret)
        {
            return new AccessKeyPair(accessKey, secret);
        }
        throw new CommandFailedException(
            $"{data.Credentials} has no {AccessKeyName} and {SecretName}. " +
            "Restore it, or delete it to get a new root key.");
    }
}
