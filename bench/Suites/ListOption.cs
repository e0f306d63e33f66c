using System.CommandLine;
using System.Globalization;
using CasStore.Bench.Load;
using CasStore.Bench.Output;

namespace CasStore.Bench.Suites;

/// <summary>An option whose value is a list with commas.</summary>
internal sealed class ListOption<T> where T : struct
{
    private readonly Option<string> _option;
    private readonly Func<string, T?> _parse;

    public ListOption(string name, string value, string description, string expected, Func<string, T?> parse)
    {
        _parse = parse;
        _option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => value };
        _option.Validators.Add(result =>
        {
            if (Parse(result.GetValueOrDefault<string>()).Contains(null))
                result.AddError($"{name} takes {expected}, separated by commas.");
        });
    }

    public Option Option => _option;

    public IReadOnlyList<T> Read(ParseResult parsed) => Parse(parsed.GetValue(_option)).OfType<T>().ToList();

    private List<T?> Parse(string? text) => (text ?? "").Split(',').Select(_parse).ToList();
}

/// <summary>The lists that suites take.</summary>
internal static class ListOption
{
    public static ListOption<long> Sizes(string name, string value, string description) => new(
        name, value, description, "sizes of at least 16 bytes, such as 4096, 4KiB or 250MB",
        text => ObjectSize.TryParse(text) is { } size and >= ObjectContent.Smallest ? size : default(long?));

    public static ListOption<int> Counts(string name, string value, string description) => new(
        name, value, description, "whole numbers of at least 1",
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : default(int?));

    public static ListOption<ObjectOperation> Operations(string name, string value, string description) => new(
        name, value, description, "put, get, head, list, mixed and delete",
        text => Enum.TryParse<ObjectOperation>(text, ignoreCase: true, out var operation)
            && Enum.IsDefined(operation)
            ? operation
            : default(ObjectOperation?));
}
