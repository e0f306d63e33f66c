using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CasStore.Tests.Architecture;

public sealed partial class ProjectFileTests
{
    private static readonly XDocument Central =
        XDocument.Load(Path.Combine(SourceTree.Root, "Directory.Packages.props"));

    [Fact]
    public void The_data_plane_is_ahead_of_time_compatible() =>
        new[] { "BlobCas", "Events", "Projections", "Api" }
            .Where(name => !SourceTree.Projects[name].IsTrue("IsAotCompatible"))
            .ShouldBeNone("IsAotCompatible must be true:");

    [Fact]
    public void Package_versions_are_central() =>
        SourceTree.Projects.Values
            .SelectMany(project => project.Packages
                .Where(p => p.Attribute("Version") is not null || p.Attribute("VersionOverride") is not null
                    || p.Element("Version") is not null)
                .Select(p => $"{project.Name}: {(string?)p.Attribute("Include")}"))
            .ShouldBeNone("Versions belong in Directory.Packages.props:");

    [Fact]
    public void Package_versions_are_exact() =>
        Central.Descendants()
            .Where(e => e.Name.LocalName is "PackageVersion" or "GlobalPackageReference")
            .Where(e => !ExactVersion().IsMatch((string?)e.Attribute("Version") ?? ""))
            .Select(e => $"{(string?)e.Attribute("Include")} {(string?)e.Attribute("Version")}")
            .ShouldBeNone("Versions must be exact (no ranges, no wildcards):");

    [Fact]
    public void Every_central_version_is_used()
    {
        var used = SourceTree.Projects.Values.SelectMany(p => p.PackageNames).ToHashSet(StringComparer.Ordinal);
        // Pinned because the exact version that Microsoft.CodeAnalysis.CSharp asks for may not be published.
        used.Add("Microsoft.CodeAnalysis.Analyzers");
        Central.Descendants("PackageVersion").Select(e => (string)e.Attribute("Include")!)
            .Where(name => !used.Contains(name))
            .ShouldBeNone("Unused package versions:");
    }

    [Fact]
    public void Every_project_has_a_lock_file() =>
        SourceTree.Projects.Values
            .Where(p => !File.Exists(Path.Combine(Path.GetDirectoryName(p.Path)!, "packages.lock.json")))
            .Select(p => p.Name)
            .ShouldBeNone("packages.lock.json is missing:");

    [Fact]
    public void No_project_loosens_the_compiler() =>
        SourceTree.Projects.Values
            .Where(p => p.Xml.Descendants().Any(e =>
                e.Name.LocalName is "NoWarn" or "WarningsNotAsErrors" or "RunAnalyzers"
                || (e.Name.LocalName is "TreatWarningsAsErrors" or "Nullable" && e.Value is "false" or "disable")))
            .Select(p => p.Name)
            .ShouldBeNone("Warnings are errors in every project:");

    [GeneratedRegex(@"^\d+\.\d+\.\d+(\.\d+)?$")]
    private static partial Regex ExactVersion();
}
