using System.CommandLine;
using CasStore.Cli.Data;
using CasStore.Cli.Output;
using CasStore.Events.Access;
using CasStore.Projections.Access;

namespace CasStore.Cli.Commands;

/// <summary><c>casstore key create|list|rotate|deactivate|activate|delete</c>.</summary>
internal static class KeyCommands
{
    public static Command Create() => new("key", "Access keys of users")
    {
        CreateKey(),
        List(),
        Rotate(),
        Change("deactivate", "Stop an access key; it can be activated again", "inactive",
            key => new SetAccessKeyActive(key, Active: false) { Context = StoreAccess.NewContext() }),
        Change("activate", "Let a deactivated access key work again", "active",
            key => new SetAccessKeyActive(key, Active: true) { Context = StoreAccess.NewContext() }),
        Change("delete", "Delete an access key", "deleted",
            key => new DeleteAccessKey(key) { Context = StoreAccess.NewContext() }),
    };

    /// <summary>Gives a user an access key.</summary>
    public static async Task AppendKeyAsync(
        StoreAccess access, string userId, AccessKeyPair pair, CancellationToken cancel)
    {
        var box = await access.Session.OpenSecretBoxAsync(access.Store, cancel);
        await access.AppendAsync(
            new CreateAccessKey(userId, pair.AccessKey, box.Seal(pair.AccessKey, pair.SecretKey))
            {
                Context = StoreAccess.NewContext(),
            },
            pair.AccessKey, cancel);
    }

    public static void Show(AccessKeyPair pair)
    {
        Terminal.Field("Access key", pair.AccessKey);
        Terminal.Field("Secret key", pair.SecretKey);
    }

    private static Command CreateKey()
    {
        var user = IdentityOptions.UserName("user");
        var accessKey = IdentityOptions.NewAccessKey();
        var secretKey = IdentityOptions.NewSecretKey();
        return StoreCommand.Create(
            "create", "Give a user another access key, whose secret is shown once", [user, accessKey, secretKey],
            async (parsed, access, cancel) =>
            {
                var pair = IdentityOptions.ChoosePair(parsed.GetValue(accessKey), parsed.GetValue(secretKey));
                var owner = await UserCommands.FindAsync(access, parsed.GetRequiredValue(user), cancel);
                await AppendKeyAsync(access, owner.UserId, pair, cancel);
                ShowCreated(access, pair, owner.Name, replaces: null);
            });
    }

    private static Command List()
    {
        var user = new Argument<string?>("user")
        {
            Description = "Name of the user; without it, all users",
            Arity = ArgumentArity.ZeroOrOne,
        };
        const string Description = "List access keys, never their secrets";
        return StoreCommand.Create("list", Description, [user], async (parsed, access, cancel) =>
        {
            IReadOnlyList<User> users = parsed.GetValue(user) is { } name
                ? [await UserCommands.FindAsync(access, name, cancel)]
                : await access.Store.Access.ListUsersAsync(cancel);
            var keys = new List<KeyOutput>();
            foreach (var owner in users)
            {
                var owned = await access.Store.Access.ListKeysAsync(owner.UserId, cancel);
                keys.AddRange(owned.Select(key => new KeyOutput(key.Id, owner.Name, key.IsActive, key.CreatedAt)));
            }
            if (access.Json)
            {
                OutputJson.Write(keys, OutputJson.Plain.IReadOnlyListKeyOutput);
                return;
            }
            Terminal.Table(
                ["Access key", "User", "State", "Created"],
                keys.Select(key => (string[])
                    [key.AccessKey, key.User, key.Active ? "active" : "inactive", $"{key.CreatedAt.UtcDateTime:u}"]));
        });
    }

    private static Command Rotate()
    {
        var old = IdentityOptions.AccessKey();
        var accessKey = IdentityOptions.NewAccessKey();
        var secretKey = IdentityOptions.NewSecretKey();
        return StoreCommand.Create(
            "rotate", "Make a new access key for the same user and deactivate the old one", [old, accessKey, secretKey],
            async (parsed, access, cancel) =>
            {
                var pair = IdentityOptions.ChoosePair(parsed.GetValue(accessKey), parsed.GetValue(secretKey));
                var oldKey = parsed.GetRequiredValue(old);
                var owner = await access.Store.Access.FindKeyAsync(oldKey, cancel)
                    ?? throw new CommandFailedException(
                        $"There is no access key '{oldKey}'; 'casstore key list' shows all.");
                var box = await access.Session.OpenSecretBoxAsync(access.Store, cancel);
                await access.AppendAsync(
                    new RotateAccessKey(oldKey, pair.AccessKey, box.Seal(pair.AccessKey, pair.SecretKey))
                    {
                        Context = StoreAccess.NewContext(),
                    },
                    pair.AccessKey, cancel);
                ShowCreated(access, pair, owner.User.Name, replaces: oldKey);
            });
    }

    private static Command Change(
        string verb, string description, string state, Func<string, Events.Log.Command> ask)
    {
        var key = IdentityOptions.AccessKey();
        return StoreCommand.Create(verb, description, [key], async (parsed, access, cancel) =>
        {
            var id = parsed.GetRequiredValue(key);
            await access.AppendAsync(ask(id), id, cancel);
            if (access.Json)
                OutputJson.Write(new KeyChangedOutput(id, state), OutputJson.Plain.KeyChangedOutput);
            else
                Terminal.Field("Access key", $"{id} is {state}");
        });
    }

    private static void ShowCreated(StoreAccess access, AccessKeyPair pair, string user, string? replaces)
    {
        if (access.Json)
        {
            OutputJson.Write(
                new KeyCreatedOutput(pair.AccessKey, pair.SecretKey, user, replaces),
                OutputJson.Plain.KeyCreatedOutput);
            return;
        }
        Show(pair);
        if (replaces is not null)
            Terminal.Field("Deactivated", replaces);
    }
}
