using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CasStore.Bench.Load;
using CasStore.Bench.Output;

namespace CasStore.Bench.Suites;

/// <summary>Options whose value is a list with commas.</summary>
internal static class ListOptions
{
    public static Option<List<long>> Sizes(string name, string value, string description) => Create(
        name, value, description, "sizes of at least 16 bytes",
        text => ObjectSize.TryParse(text) is { } size and >= ObjectContent.Smallest ? size : default(long?));

    public static Option<List<int>> Counts(string name, string value, string description) => Create(
        name, value, description, "whole numbers of at least 1",
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : default(int?));

    public static Option<List<ObjectOperation>> Operations(string name, string value, string description) => Create(
        name, value, description, "put, get, head, list, mixed and delete",
        text => Enum.TryParse<ObjectOperation>(text, ignoreCase: true, out var operation)
            && Enum.IsDefined(operation)
            ? operation
            : default(ObjectOperation?));

    private static Option<List<T>> Create<T>(
        string name, string value, string description, string expected, Func<string, T?> parse) where T : struct
    {
        List<T> Parse(ArgumentResult result)
        {
            var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : value;
            var items = text.Split(',').Select(parse).ToList();
            if (items.Contains(null))
                result.AddError($"{name} takes {expected}, separated by commas.");
            return items.OfType<T>().ToList();
        }
        return new Option<List<T>>(name)
        {
            Description = $"{description} [default: {value}]",
            DefaultValueFactory = Parse,
            CustomParser = Parse,
            Arity = ArgumentArity.ExactlyOne,
        };
    }
}
