using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CasStore.Tests.Architecture;

public sealed partial class BannedTests
{
    [Fact]
    public void Nothing_blocks_a_thread() =>
        (Calls("Thread.Sleep").Concat(Blocking()))
            .ShouldBeNone("Await instead of Thread.Sleep, .Result, .Wait() and .GetAwaiter().GetResult():");

    [Fact]
    public void Time_is_utc() =>
        Calls("DateTime.Now", "DateTimeOffset.Now", "DateTime.Today").ShouldBeNone("Use UTC:");

    [Fact]
    public void Only_the_command_line_prints() =>
        Calls("Console.WriteLine", "Console.Write", "Console.Out", "Console.Error")
            // A process that cannot start has no log to say so.
            .Where(at => !InProject(at, "Cli") && !at.Contains("Program.cs", StringComparison.Ordinal))
            .ShouldBeNone("Console output belongs to the command line; elsewhere log:");

    [Fact]
    public void Nothing_is_written_outside_the_data_directory() =>
        Calls("Path.GetTempPath", "Path.GetTempFileName", "Directory.CreateTempSubdirectory")
            .ShouldBeNone("Temporary files live below the data directory:");

    [Fact]
    public void No_process_is_ended_by_name() =>
        Calls("Process.GetProcessesByName", "Process.GetProcesses")
            .ShouldBeNone("End only processes that were started here, by id:");

    [Fact]
    public void No_exception_is_swallowed() =>
        SourceTree.Product.SelectMany(file => file.Syntax.DescendantNodes().OfType<CatchClauseSyntax>()
                .Where(CatchesEverything).Where(clause => clause.Block.Statements.Count == 0)
                .Select(file.At))
            .ShouldBeNone("An empty catch of every exception hides faults:");

    [Fact]
    public void Nothing_is_left_to_implement() =>
        SourceTree.Product.SelectMany(file => file.Syntax.DescendantNodes().OfType<IdentifierNameSyntax>()
                .Where(name => name.Identifier.Text == "NotImplementedException")
                .Select(file.At))
            .ShouldBeNone("Stubs:");

    [Fact]
    public void Comments_hold_no_reminders() =>
        Matching(SourceTree.All, Reminder()).ShouldBeNone("Do it or write an issue:");

    [Fact]
    public void Code_holds_no_issue_numbers() =>
        Matching(SourceTree.All, IssueNumber()).ShouldBeNone("Issue numbers belong in the history, not in the code:");

    [Fact]
    public void The_data_plane_uses_no_reflection() =>
        Calls("Activator.CreateInstance", "Assembly.Load", "Assembly.GetExecutingAssembly().GetTypes",
                "JsonSerializerOptions.Default", "Type.GetType")
            .Where(at => new[] { "BlobCas", "Events", "Projections", "Api" }.Any(name => InProject(at, name)))
            .ShouldBeNone("Reflection does not survive trimming:");

    [Fact]
    public void Async_void_is_not_used() =>
        SourceTree.Product.SelectMany(file => file.Syntax.DescendantNodes().OfType<MethodDeclarationSyntax>()
                .Where(method => method.Modifiers.Any(SyntaxKind.AsyncKeyword)
                    && method.ReturnType is PredefinedTypeSyntax type && type.Keyword.IsKind(SyntaxKind.VoidKeyword))
                .Select(file.At))
            .ShouldBeNone("An async void method cannot be awaited:");

    private static bool InProject(string at, string project) =>
        at.StartsWith(Path.Combine("src", project) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Member accesses that read as one of the names, wherever they are.</summary>
    private static IEnumerable<string> Calls(params string[] names) =>
        SourceTree.Product.SelectMany(file => file.Syntax.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Select(access => (access, text: access.ToString()))
            .Where(x => names.Any(name => x.text == name || x.text.EndsWith("." + name, StringComparison.Ordinal)))
            .Select(x => $"{file.At(x.access)}: {x.text}"));

    private static IEnumerable<string> Blocking() =>
        SourceTree.Product.SelectMany(file => file.Syntax.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Where(access => access.Name.Identifier.Text switch
            {
                // A semaphore's or a process's own Wait has arguments or another receiver: only the bare call counts.
                "Wait" => access.Parent is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 },
                "GetResult" => access.Expression.ToString().EndsWith("GetAwaiter()", StringComparison.Ordinal),
                "Result" => access.Expression.ToString().EndsWith("Async()", StringComparison.Ordinal)
                    || access.Expression.ToString().EndsWith("Task", StringComparison.Ordinal)
                    || access.Expression.ToString().EndsWith("task", StringComparison.Ordinal),
                _ => false,
            })
            .Select(access => $"{file.At(access)}: {access}"));

    private static bool CatchesEverything(CatchClauseSyntax clause) =>
        clause.Filter is null
        && clause.Declaration?.Type.ToString() is null or "Exception" or "System.Exception";

    private static IEnumerable<string> Matching(IEnumerable<SourceFile> files, Regex pattern) =>
        files.SelectMany(file => file.Syntax.DescendantTrivia()
            .Where(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia)
                || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)
                || trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia))
            .Where(trivia => pattern.IsMatch(trivia.ToFullString()))
            .Select(trivia => $"{file.Path}: {trivia.ToString().Trim()}"));

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Reminder();

    [GeneratedRegex(@"(\bissue\s+#?\d+|(^|\s)#\d+\b)", RegexOptions.IgnoreCase)]
    private static partial Regex IssueNumber();
}
