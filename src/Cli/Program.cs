using System.CommandLine;

using CasStore.Cli;
using CasStore.Cli.Commands;
using Npgsql;

const int UsageError = 2;

var root = new RootCommand("CasStore: an S3-compatible object store that keeps its history.")
{
    ServeCommand.Create(),
    UserCommands.Create(),
    KeyCommands.Create(),
    PsqlCommand.Create(),
    CompletionCommand.Create(),
};
root.HelpName = "casstore";
var parsed = root.Parse(args);
// serve handles its signals itself; the library's time limit would cut an orderly stop short.
var invocation = new InvocationConfiguration
{
    ProcessTerminationTimeout = null,
    EnableDefaultExceptionHandler = false,
};
try
{
    var exitCode = await parsed.InvokeAsync(invocation);
    return parsed.Errors.Count > 0 ? UsageError : exitCode;
}
catch (CommandFailedException e)
{
    await Console.Error.WriteLineAsync($"casstore: {e.Message.ReplaceLineEndings(" ")}");
    return 1;
}
catch (NpgsqlException e)
{
    await Console.Error.WriteLineAsync($"casstore: The database does not answer: {e.Message.ReplaceLineEndings(" ")}");
    return 1;
}
