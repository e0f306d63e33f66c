using Spectre.Console;

namespace CasStore.Cli.Output;

/// <summary>Standard output: coloured and laid out on a terminal, plain where a program reads it.</summary>
internal static class Terminal
{
    private static bool IsTerminal => !Console.IsOutputRedirected;

    /// <summary>A name and its value on a line that is never broken, so that the value can be pasted.</summary>
    public static void Field(string name, string value)
    {
        if (IsTerminal)
            AnsiConsole.Markup($"[green]{Markup.Escape(name),-14}[/]");
        else
            Console.Out.Write($"{name,-14}");
        Console.Out.WriteLine(value);
    }

    /// <summary>A table; tab-separated with a heading line where a program reads it.</summary>
    public static void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (!IsTerminal)
        {
            Console.Out.WriteLine(string.Join('\t', headings));
            foreach (var row in rows)
                Console.Out.WriteLine(string.Join('\t', row));
            return;
        }
        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in headings)
            table.AddColumn(new TableColumn(Markup.Escape(heading)).NoWrap());
        foreach (var row in rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
    }
}
