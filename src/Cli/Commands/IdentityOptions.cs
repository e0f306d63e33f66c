using System.CommandLine;
using System.Text.RegularExpressions;
using CasStore.Cli.Data;

namespace CasStore.Cli.Commands;

/// <summary>Names, keys and secrets on the command line, and the rules they keep.</summary>
internal static partial class IdentityOptions
{
    public static Argument<string> UserName(string name = "name") =>
        new(name) { Description = "Name of the user" };

    /// <summary>The name of a user to be: what IAM allows.</summary>
    public static Argument<string> NewUserName()
    {
        var argument = UserName();
        argument.Validators.Add(result =>
        {
            if (!UserNamePattern().IsMatch(result.GetRequiredValue(argument)))
                result.AddError("A user's name has 1 to 64 letters, digits or characters of _+=,.@-");
        });
        return argument;
    }

    public static Argument<string> AccessKey() => new("access-key") { Description = "Id of the access key" };

    public static Option<string?> NewAccessKey() => Checked(
        "--access-key", "Id of the access key; without it, one is generated", AccessKeyPattern(),
        "An access key's id has 3 to 128 letters, digits or characters of ._+=@-");

    public static Option<string?> NewSecretKey() => Checked(
        "--secret-key", "Its secret; without it, one is generated", SecretPattern(),
        "A secret has 8 to 128 printable ASCII characters and no space");

    public static Option<string?> CanonicalId() => Checked(
        "--canonical-id", "Canonical id; without it, one is generated", CanonicalIdPattern(),
        "A canonical id has 64 hexadecimal digits in lower case");

    /// <summary>The pair given, or a generated one.</summary>
    /// <exception cref="CommandFailedException">Half a pair was given.</exception>
    public static AccessKeyPair ChoosePair(string? accessKey, string? secretKey) => (accessKey, secretKey) switch
    {
        (null, null) => AccessKeyPair.Generate(),
        (not null, not null) => new AccessKeyPair(accessKey, secretKey),
        _ => throw new CommandFailedException(
            "Give both --access-key and --secret-key, or neither to have a pair generated."),
    };

    private static Option<string?> Checked(string name, string description, Regex pattern, string rule)
    {
        var option = new Option<string?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.GetValue(option) is { } value && !pattern.IsMatch(value))
                result.AddError(rule);
        });
        return option;
    }

    [GeneratedRegex(@"^[A-Za-z0-9_+=,.@-]{1,64}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UserNamePattern();

    [GeneratedRegex(@"^[A-Za-z0-9._+=@-]{3,128}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AccessKeyPattern();

    [GeneratedRegex(@"^[!-~]{8,128}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SecretPattern();

    [GeneratedRegex(@"^[0-9a-f]{64}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CanonicalIdPattern();
}
