using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CasStore.Tests.Architecture;

/// <summary>The repository as text: its projects and its hand-written source files.</summary>
internal static class SourceTree
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every project by name, of src and of tests.</summary>
    public static IReadOnlyDictionary<string, Project> Projects { get; } = Directory
        .EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories)
        .Where(IsOurs)
        .Select(path => new Project(path, XDocument.Load(path)))
        .ToDictionary(project => project.Name, StringComparer.Ordinal);

    /// <summary>The C# files of src, without generated ones.</summary>
    public static IReadOnlyList<SourceFile> Product { get; } = ReadFiles("src");

    /// <summary>The C# files of src, tests and bench, without generated ones.</summary>
    public static IReadOnlyList<SourceFile> All { get; } =
        [.. Product, .. ReadFiles("tests"), .. ReadFiles("bench")];

    private static List<SourceFile> ReadFiles(string folder)
    {
        var directory = Path.Combine(Root, folder);
        if (!Directory.Exists(directory))
            return [];
        return Directory.EnumerateFiles(directory, "*.cs", SearchOption.AllDirectories)
            .Where(path => IsOurs(path) && !path.EndsWith(".g.cs", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(Path.GetRelativePath(Root, path), File.ReadAllText(path)))
            .ToList();
    }

    private static bool IsOurs(string path)
    {
        var parts = Path.GetRelativePath(Root, path).Split(Path.DirectorySeparatorChar);
        return !parts.Intersect(["bin", "obj", "node_modules", "artifacts", "data"], StringComparer.Ordinal).Any();
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        for (var folder = Path.GetDirectoryName(here); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "CasStore.sln")))
                return folder;
        }
        throw new InvalidOperationException($"CasStore.sln is not above {here}.");
    }
}

/// <summary>A project file.</summary>
internal sealed record Project(string Path, XDocument Xml)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public bool IsProduct => System.IO.Path.GetRelativePath(SourceTree.Root, Path)
        .StartsWith("src" + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Names of the projects whose assemblies it references.</summary>
    public IReadOnlyList<string> References => Xml.Descendants("ProjectReference")
        .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
        .Select(reference => System.IO.Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!))
        .ToList();

    public IReadOnlyList<XElement> Packages => Xml.Descendants("PackageReference").ToList();

    public IReadOnlyList<string> PackageNames => Packages.Select(p => (string)p.Attribute("Include")!).ToList();

    public bool IsTrue(string property) =>
        Xml.Descendants(property).Any(e => string.Equals(e.Value.Trim(), "true", StringComparison.OrdinalIgnoreCase));
}

/// <summary>A source file with its syntax.</summary>
internal sealed class SourceFile(string path, string text)
{
    private readonly Lazy<SyntaxTree> _tree = new(() => CSharpSyntaxTree.ParseText(
        text, new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.Parse)));

    /// <summary>Relative to the repository root.</summary>
    public string Path { get; } = path;

    public string Text { get; } = text;

    public string[] Lines { get; } = text.TrimEnd('\n').Split('\n');

    public SyntaxNode Syntax => _tree.Value.GetRoot();

    public string Project => Path.Split(System.IO.Path.DirectorySeparatorChar)[1];

    /// <summary>Where a node is, as <c>path:line</c>.</summary>
    public string At(SyntaxNode node) =>
        $"{Path}:{_tree.Value.GetLineSpan(node.Span).StartLinePosition.Line + 1}";

    /// <summary>Lines that a node takes.</summary>
    public int LineCount(SyntaxNode node)
    {
        var span = _tree.Value.GetLineSpan(node.Span);
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
