using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit.Abstractions;

namespace CasStore.Tests.Architecture;

public sealed class SizeTests(ITestOutputHelper output)
{
    private const int LongestFile = 400, NinetiethPercentile = 250, LongestMethod = 70, LongestLine = 120;

    [Fact]
    public void No_file_is_longer_than_400_lines() =>
        SourceTree.All.Where(file => file.Lines.Length > LongestFile)
            .Select(file => $"{file.Path}: {file.Lines.Length}")
            .ShouldBeNone($"Files have at most {LongestFile} lines:");

    [Fact]
    public void Most_files_are_short()
    {
        var sizes = SourceTree.Product.Select(file => file.Lines.Length).Order().ToList();
        var (median, p90) = (sizes[sizes.Count / 2], sizes[sizes.Count * 9 / 10]);
        output.WriteLine($"{sizes.Count} files of the product: median {median} lines (aim 60), p90 {p90} (aim 200)");
        p90.ShouldBeLessThanOrEqualTo(NinetiethPercentile, "the 90th percentile of file lengths");
        median.ShouldBeLessThanOrEqualTo(80, "the median of file lengths");
    }

    [Fact]
    public void No_method_is_longer_than_70_lines() =>
        SourceTree.All
            .SelectMany(file => file.Syntax.DescendantNodes().Where(IsMethod)
                .Where(method => file.LineCount(method) > LongestMethod)
                .Select(method => $"{file.At(method)}: {file.LineCount(method)} lines"))
            .ShouldBeNone($"Methods have at most {LongestMethod} lines:");

    [Fact]
    public void No_line_is_longer_than_120_columns() =>
        SourceTree.All
            .SelectMany(file => file.Lines.Select((line, index) => (line, index))
                .Where(x => x.line.TrimEnd('\r').Length > LongestLine)
                .Select(x => $"{file.Path}:{x.index + 1}: {x.line.Length}"))
            .ShouldBeNone($"Lines have at most {LongestLine} columns:");

    private static bool IsMethod(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax;
}
