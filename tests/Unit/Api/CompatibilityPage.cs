using System.Text;
using CasStore.Api.S3.Routing;

namespace CasStore.Tests.Unit.Api;

/// <summary>Writes the table of operations in docs/s3-compatibility.md from the tables in the code.</summary>
internal static class CompatibilityPage
{
    public const string Begin = "<!-- generated: operations -->\n";
    public const string End = "<!-- end of generated -->";

    public static string Table()
    {
        var rows = OperationTable.Implemented
            .Select(operation => (operation.Name, Request: Request(operation), State: operation.Limits is null
                ? "yes"
                : $"yes: {operation.Limits}"))
            .Concat(UnimplementedOperations.All.Select(operation => (operation.Name,
                Request: Request(operation.Method, operation.Level, operation.SubResource),
                State: $"no: {operation.Reason}")))
            .OrderBy(row => row.Name, StringComparer.Ordinal);
        var page = new StringBuilder(Begin)
            .Append($"\n{OperationTable.Implemented.Count} operations are there, {UnimplementedOperations.All.Count} " +
                "are not.\n\n| operation | request | there |\n|---|---|---|\n");
        foreach (var (name, request, state) in rows)
            page.Append($"| [{name}]({Reference(name)}) | `{request}` | {state} |\n");
        return page.Append('\n').Append(End).ToString();
    }

    private static string Request(Operation operation)
    {
        var request = Request(operation.Method, operation.Level, operation.SubResource);
        if (operation.AlsoNeeds is { } also)
            request += $"&{also}";
        return operation.NeedsHeader is { } header ? $"{request}, {header}" : request;
    }

    private static string Request(string method, ResourceLevel level, string? subResource)
    {
        var path = level switch
        {
            ResourceLevel.Service => "/",
            ResourceLevel.Bucket => "/bucket",
            _ => "/bucket/key",
        };
        return subResource is null ? $"{method} {path}" : $"{method} {path}?{subResource}";
    }

    private static string Reference(string name) => "https://docs.aws.amazon.com/AmazonS3/latest/API/" +
        (name == "PostObject" ? "RESTObjectPOST.html" : $"API_{name}.html");
}
