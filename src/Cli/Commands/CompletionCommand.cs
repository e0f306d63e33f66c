using System.CommandLine;

namespace CasStore.Cli.Commands;

/// <summary><c>casstore completion</c>: what a shell needs to complete the command line.</summary>
internal static class CompletionCommand
{
    // Each asks the command itself, through the directive of its parser.
    private const string Bash = """
        _casstore() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "$2"))
        }
        complete -o default -F _casstore casstore ./casstore
        """;

    private const string Zsh = """
        #compdef casstore
        _casstore() {
          compadd -- ${(f)"$(${words[1]} "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)"}
        }
        compdef _casstore casstore ./casstore
        """;

    private const string Fish = """
        complete -c casstore -f -a '(casstore "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "Whose completion script to print" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command(
            "completion", "Print a completion script, for example: source <(casstore completion bash)") { shell };
        command.SetAction(parsed => Console.Out.WriteLine(parsed.GetValue(shell) switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            _ => Fish,
        }));
        return command;
    }
}
