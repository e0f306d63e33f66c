using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CasStore.Tests.Architecture;

/// <summary>Api and Workers → Projections → Events → BlobCas → nothing but the framework.</summary>
public sealed class ReferenceDirectionTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["BlobCas"] = [],
        ["Events"] = ["BlobCas"],
        ["Projections"] = ["Events"],
        ["Api"] = ["Projections"],
        ["Workers"] = ["Projections"],
        ["Cli"] = ["Projections"],
    };

    [Fact]
    public void Every_project_of_the_product_has_its_place_in_the_order() =>
        SourceTree.Projects.Values.Where(p => p.IsProduct).Select(p => p.Name).Except(Allowed.Keys)
            .ShouldBeNone("A new project needs a place in the reference order:");

    [Fact]
    public void Projects_reference_only_the_layer_below() =>
        Allowed.SelectMany(rule => SourceTree.Projects[rule.Key].References.Except(rule.Value)
                .Select(reference => $"{rule.Key} → {reference}"))
            .ShouldBeNone("References must point down the layers:");

    [Fact]
    public void Every_layer_stands_on_the_one_below() =>
        Allowed.SelectMany(rule => rule.Value.Except(SourceTree.Projects[rule.Key].References)
                .Select(reference => $"{rule.Key} → {reference}"))
            .ShouldBeNone("Expected references are missing:");

    [Fact]
    public void BlobCas_needs_no_package() =>
        SourceTree.Projects["BlobCas"].PackageNames.ShouldBeNone("BlobCas stands on the framework alone:");

    [Fact]
    public void The_data_plane_needs_no_package_but_the_database_driver() =>
        new[] { "Events", "Projections", "Api" }
            .SelectMany(name => SourceTree.Projects[name].PackageNames.Except(["Npgsql"]).Select(p => $"{name}: {p}"))
            .ShouldBeNone("The data plane stays small; only Npgsql may be referenced:");

    [Fact]
    public void Only_the_log_and_the_read_models_speak_to_the_database() =>
        Usings("Npgsql").Where(file => file.Project is not ("Events" or "Projections" or "Cli" or "Workers"))
            .Select(file => file.Path)
            .ShouldBeNone("SQL belongs to Events and Projections:");

    [Fact]
    public void No_layer_below_the_api_knows_http() =>
        Usings("Microsoft.AspNetCore").Where(file => file.Project is "BlobCas" or "Events" or "Projections")
            .Select(file => file.Path)
            .ShouldBeNone("HTTP belongs to Api and Workers:");

    [Fact]
    public void Libraries_use_the_plain_sdk() =>
        new[] { "BlobCas", "Events", "Projections" }
            .Where(name => (string?)SourceTree.Projects[name].Xml.Root!.Attribute("Sdk") != "Microsoft.NET.Sdk"
                || SourceTree.Projects[name].Xml.Descendants("FrameworkReference").Any())
            .ShouldBeNone("Libraries must not reference the web framework:");

    [Fact]
    public void Blobs_know_nothing_of_events_or_S3() =>
        SourceTree.Product.Where(file => file.Project == "BlobCas")
            .Where(file => file.Syntax.DescendantNodes().OfType<UsingDirectiveSyntax>().Any(u =>
                u.Name?.ToString().StartsWith("CasStore.", StringComparison.Ordinal) == true
                && !u.Name.ToString().StartsWith("CasStore.BlobCas", StringComparison.Ordinal)))
            .Select(file => file.Path)
            .ShouldBeNone("BlobCas is the bottom layer:");

    private static IEnumerable<SourceFile> Usings(string root) => SourceTree.Product.Where(file =>
        file.Syntax.DescendantNodes().OfType<UsingDirectiveSyntax>().Any(u =>
            u.Name?.ToString() is { } name
            && (name == root || name.StartsWith(root + ".", StringComparison.Ordinal))));
}
