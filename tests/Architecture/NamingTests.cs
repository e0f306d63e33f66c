using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CasStore.Tests.Architecture;

public sealed partial class NamingTests
{
    [Fact]
    public void No_file_or_folder_is_a_drawer() =>
        SourceTree.All.Where(file => file.Path.Split(Path.DirectorySeparatorChar)
                .Any(part => Drawer().IsMatch(Path.GetFileNameWithoutExtension(part))))
            .Select(file => file.Path)
            .ShouldBeNone("A name must say what is inside (no Helpers, Utils, Common, Manager):");

    [Fact]
    public void No_type_is_a_drawer() =>
        SourceTree.All.SelectMany(file => file.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
                .Where(type => Drawer().IsMatch(type.Identifier.Text))
                .Select(type => $"{file.At(type)}: {type.Identifier.Text}"))
            .ShouldBeNone("A name must say what is inside (no Helpers, Utils, Common, Manager):");

    [Fact]
    public void Namespaces_follow_the_folders() =>
        SourceTree.Product
            .SelectMany(file => file.Syntax.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
                .Where(space => space.Name.ToString() != Expected(file))
                .Select(space => $"{file.At(space)}: {space.Name}, expected {Expected(file)}"))
            .ShouldBeNone("Namespaces follow the folders:");

    [Fact]
    public void Files_are_file_scoped() =>
        SourceTree.All
            .Where(file => file.Syntax.DescendantNodes().OfType<NamespaceDeclarationSyntax>().Any())
            .Select(file => file.Path)
            .ShouldBeNone("Use file-scoped namespaces:");

    private static string Expected(SourceFile file) =>
        "CasStore." + string.Join('.', file.Path.Split(Path.DirectorySeparatorChar)[1..^1]);

    // CommonPrefix(es) is S3's own word for a rolled-up part of a listing.
    [GeneratedRegex("Helper|Utils?($|[A-Z])|Utilit|Common(?!Prefix)|Manager")]
    private static partial Regex Drawer();
}
