namespace CasStore.Bench.Output.Charts;

/// <summary>One chart: bars in groups, or lines.</summary>
/// <param name="Title">Above it.</param>
/// <param name="Unit">Of the values.</param>
/// <param name="Categories">Below the groups, or the points of lines.</param>
/// <param name="Series">At least one, each with a value for every category.</param>
/// <param name="AsLines">Lines rather than bars.</param>
internal sealed record Panel(
    string Title, string Unit, IReadOnlyList<string> Categories, IReadOnlyList<Series> Series, bool AsLines = false);

/// <summary>Values with a colour of their own; null: none for that category.</summary>
internal sealed record Series(string Name, IReadOnlyList<double?> Values);
