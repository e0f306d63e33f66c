namespace CasStore.Bench.Output;

/// <summary>Figures in columns, aligned to the right.</summary>
internal static class TextTable
{
    public static void Write(IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = headings.Select((heading, column) =>
            Math.Max(heading.Length, rows.Max(row => row[column].Length))).ToList();
        foreach (var row in rows.Prepend(headings))
            Console.Out.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadLeft(widths[column]))));
    }
}
