using System.CommandLine;
using CasStore.Cli.Data;
using CasStore.Events.Log;
using CasStore.Projections;

namespace CasStore.Cli.Commands;

/// <summary>What a command works with.</summary>
internal sealed record StoreAccess(StoreSession Session, EventStore Store, bool Json)
{
    // The operator has the data directory, which is more than any identity of the store; the log says so.
    private const string Operator = "operator";

    /// <summary>Appends what the command asks for.</summary>
    /// <exception cref="CommandFailedException">It was rejected.</exception>
    public async Task AppendAsync(Events.Log.Command command, string subject, CancellationToken cancel)
    {
        var result = await Store.Log.AppendAsync(command, cancel);
        if (result.Rejection != Rejection.None)
            throw new CommandFailedException(Explain(result.Rejection, subject));
    }

    /// <summary>Who asks, for the log.</summary>
    public static CommandContext NewContext() => new(Guid.CreateVersion7(), Operator, SourceAddress: null);

    public static string KeyIsTaken(string accessKey) => $"There is already an access key '{accessKey}'; give another.";

    private static string Explain(Rejection rejection, string subject) => rejection switch
    {
        Rejection.UserAlreadyExists => $"There is already a user '{subject}', or one with that canonical id.",
        Rejection.UserNotFound => $"There is no user '{subject}'; 'casstore user list' shows all.",
        Rejection.UserOwnsBuckets => $"User '{subject}' owns buckets; delete them first.",
        Rejection.AccessKeyAlreadyExists => KeyIsTaken(subject),
        Rejection.AccessKeyNotFound => $"There is no access key '{subject}'; 'casstore key list' shows all.",
        _ => $"'{subject}' was rejected: {rejection}.",
    };
}

/// <summary>Makes commands that work on the store's database.</summary>
internal static class StoreCommand
{
    /// <summary>A command with the options of all such commands beside its own.</summary>
    public static System.CommandLine.Command Create(
        string name,
        string description,
        IEnumerable<Symbol> symbols,
        Func<ParseResult, StoreAccess, CancellationToken, Task> run)
    {
        var data = StoreOptions.Data();
        var postgres = StoreOptions.Postgres();
        var json = StoreOptions.Json();
        var command = new System.CommandLine.Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Add(argument);
            else
                command.Add((Option)symbol);
        }
        command.Add(data);
        command.Add(postgres);
        command.Add(json);
        command.SetAction(async (parsed, cancel) =>
        {
            await using var session = await StoreSession.OpenAsync(
                parsed.GetRequiredValue(data), parsed.GetOrEnvironment(postgres), cancel);
            await using var store = await session.OpenStoreAsync(cancel);
            await run(parsed, new StoreAccess(session, store, parsed.GetValue(json)), cancel);
        });
        return command;
    }
}
