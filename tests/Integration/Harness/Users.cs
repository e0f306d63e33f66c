using System.Security.Cryptography;
using CasStore.Events.Access;
using CasStore.Events.Configuration;
using CasStore.Events.Log;
using CasStore.Projections;

namespace CasStore.Tests.Integration.Harness;

/// <summary>A user with an access key.</summary>
internal sealed record TestUser(string UserId, string Name, Credentials Credentials);

/// <summary>Adds users the way the operator's tool does: by commands on the store.</summary>
internal static class Users
{
    public static async Task<TestUser> AddAsync(ServerProcess server)
    {
        var settings = new StoreSettings(server.DataDirectory, server.Postgres);
        await using var store = await EventStore.OpenAsync(settings, CancellationToken.None);
        var user = new TestUser(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
            $"user-{Guid.NewGuid():n}",
            new Credentials(
                $"AK{Convert.ToHexString(RandomNumberGenerator.GetBytes(9))}",
                Convert.ToBase64String(RandomNumberGenerator.GetBytes(30))));
        var secret = SecretBox.Open(settings.StoreKeyFile)
            .Seal(user.Credentials.AccessKey, user.Credentials.SecretKey);
        await AppendAsync(store, new AddUser(user.UserId, user.Name, $"{user.Name} display", $"{user.Name}@example.com")
        {
            Context = Context(),
        });
        await AppendAsync(store, new CreateAccessKey(user.UserId, user.Credentials.AccessKey, secret)
        {
            Context = Context(),
        });
        return user;
    }

    /// <summary>Stops or restarts the user's key.</summary>
    public static async Task SetKeyActiveAsync(ServerProcess server, TestUser user, bool active)
    {
        var settings = new StoreSettings(server.DataDirectory, server.Postgres);
        await using var store = await EventStore.OpenAsync(settings, CancellationToken.None);
        await AppendAsync(store, new SetAccessKeyActive(user.Credentials.AccessKey, active) { Context = Context() });
    }

    private static CommandContext Context() => new(Guid.NewGuid(), "system", SourceAddress: null);

    private static async Task AppendAsync(EventStore store, Command command) =>
        (await store.Log.AppendAsync(command, CancellationToken.None)).Rejection.ShouldBe(Rejection.None);
}
