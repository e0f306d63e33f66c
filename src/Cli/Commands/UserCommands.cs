using System.CommandLine;
using System.Security.Cryptography;
using CasStore.Cli.Output;
using CasStore.Events.Access;
using CasStore.Projections.Access;

namespace CasStore.Cli.Commands;

/// <summary><c>casstore user add|list|remove</c>.</summary>
internal static class UserCommands
{
    private const int CanonicalIdDigits = 64;

    public static Command Create() => new("user", "Users of the store") { Add(), List(), Remove() };

    /// <summary>The user of that name.</summary>
    /// <exception cref="CommandFailedException">There is none.</exception>
    public static async Task<User> FindAsync(StoreAccess access, string name, CancellationToken cancel) =>
        await access.Store.Access.FindUserByNameAsync(name, cancel)
        ?? throw new CommandFailedException($"There is no user '{name}'; 'casstore user list' shows all.");

    private static Command Add()
    {
        var name = IdentityOptions.NewUserName();
        var accessKey = IdentityOptions.NewAccessKey();
        var secretKey = IdentityOptions.NewSecretKey();
        var canonicalId = IdentityOptions.CanonicalId();
        var email = new Option<string?>("--email") { Description = "E-mail address" };
        var displayName = new Option<string?>("--display-name")
        {
            Description = "Name shown to S3 clients; without it, the name",
        };
        return StoreCommand.Create(
            "add", "Add a user with an access key, whose secret is shown once",
            [name, accessKey, secretKey, email, displayName, canonicalId],
            async (parsed, access, cancel) =>
            {
                var pair = IdentityOptions.ChoosePair(parsed.GetValue(accessKey), parsed.GetValue(secretKey));
                var userName = parsed.GetRequiredValue(name);
                // Looked up before, so that a taken key does not leave a user without one.
                if (await access.Store.Access.FindKeyAsync(pair.AccessKey, cancel) is not null)
                    throw new CommandFailedException(StoreAccess.KeyIsTaken(pair.AccessKey));
                var user = new User(
                    parsed.GetValue(canonicalId) ?? RandomNumberGenerator.GetHexString(CanonicalIdDigits, true),
                    userName, parsed.GetValue(displayName) ?? userName, parsed.GetValue(email));
                await access.AppendAsync(
                    new AddUser(user.UserId, user.Name, user.DisplayName, user.Email)
                    {
                        Context = StoreAccess.NewContext(),
                    },
                    userName, cancel);
                await KeyCommands.AppendKeyAsync(access, user.UserId, pair, cancel);
                if (access.Json)
                {
                    OutputJson.Write(
                        new UserAddedOutput(
                            user.Name, user.UserId, user.DisplayName, user.Email, pair.AccessKey, pair.SecretKey),
                        OutputJson.Plain.UserAddedOutput);
                    return;
                }
                Terminal.Field("User", user.Name);
                Terminal.Field("Canonical id", user.UserId);
                KeyCommands.Show(pair);
            });
    }

    private static Command List() => StoreCommand.Create("list", "List the users", [], async (_, access, cancel) =>
    {
        var users = await access.Store.Access.ListUsersAsync(cancel);
        if (access.Json)
        {
            OutputJson.Write(
                [.. users.Select(user => new UserOutput(user.Name, user.UserId, user.DisplayName, user.Email))],
                OutputJson.Plain.IReadOnlyListUserOutput);
            return;
        }
        Terminal.Table(
            ["Name", "Canonical id", "Display name", "E-mail"],
            users.Select(user => (string[])[user.Name, user.UserId, user.DisplayName, user.Email ?? ""]));
    });

    private static Command Remove()
    {
        var name = IdentityOptions.UserName();
        return StoreCommand.Create(
            "remove", "Remove a user that owns no buckets, and its access keys", [name],
            async (parsed, access, cancel) =>
            {
                var user = await FindAsync(access, parsed.GetRequiredValue(name), cancel);
                await access.AppendAsync(
                    new RemoveUser(user.UserId) { Context = StoreAccess.NewContext() }, user.Name, cancel);
                if (access.Json)
                    OutputJson.Write(new UserRemovedOutput(user.Name, true), OutputJson.Plain.UserRemovedOutput);
                else
                    Terminal.Field("Removed", user.Name);
            });
    }
}
