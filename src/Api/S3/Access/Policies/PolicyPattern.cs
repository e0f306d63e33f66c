using System.Text;
using CasStore.Api.S3.Access.Conditions;

namespace CasStore.Api.S3.Access.Policies;

/// <summary>Text of a policy: with wildcards where they count, with policy variables in version 2012-10-17.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html</remarks>
public sealed class PolicyPattern
{
    private readonly List<Piece> _pieces;
    private readonly Glob? _fixed;

    private PolicyPattern(string source, List<Piece> pieces)
    {
        Source = source;
        _pieces = pieces;
        HasVariables = pieces.Exists(piece => piece.Kind == PieceKind.Variable);
        HasWildcards = pieces.Exists(piece => piece.Kind == PieceKind.Wildcard);
        _fixed = HasVariables ? null : Build(context: null);
    }

    private enum PieceKind
    {
        Literal,
        Wildcard,
        Variable,
    }

    /// <summary>The text as the policy has it.</summary>
    public string Source { get; }

    /// <summary>Whether its meaning depends on the request.</summary>
    public bool HasVariables { get; }

    public bool HasWildcards { get; }

    /// <summary>The keys that its variables name.</summary>
    public IEnumerable<string> Variables =>
        _pieces.Where(piece => piece.Kind == PieceKind.Variable).Select(piece => piece.Text);

    /// <summary>Takes a text apart.</summary>
    /// <param name="source">The text.</param>
    /// <param name="variables">Whether <c>${…}</c> is a variable.</param>
    /// <param name="wildcards">Whether * and ? are wildcards.</param>
    public static PolicyPattern Parse(string source, bool variables, bool wildcards = true)
    {
        var pieces = new List<Piece>();
        var literal = new StringBuilder();
        for (var at = 0; at < source.Length; at++)
        {
            var end = variables && source.AsSpan(at).StartsWith("${", StringComparison.Ordinal)
                ? source.IndexOf('}', at)
                : -1;
            if (end > 0)
            {
                AddVariable(source[(at + 2)..end]);
                at = end;
            }
            else if (wildcards && source[at] is '*' or '?')
            {
                Add(new Piece(PieceKind.Wildcard, source[at].ToString(), Default: null));
            }
            else
            {
                literal.Append(source[at]);
            }
        }
        Flush();
        return new PolicyPattern(source, pieces);

        void AddVariable(string inner)
        {
            // These three stand for the characters themselves.
            if (inner is "*" or "?" or "$")
            {
                literal.Append(inner);
                return;
            }
            var comma = inner.IndexOf(',', StringComparison.Ordinal);
            var otherwise = comma < 0 ? null : inner[(comma + 1)..].Trim().Trim('\'');
            Add(new Piece(PieceKind.Variable, (comma < 0 ? inner : inner[..comma]).Trim(), otherwise));
        }

        void Add(Piece piece)
        {
            Flush();
            pieces.Add(piece);
        }

        void Flush()
        {
            if (literal.Length > 0)
                pieces.Add(new Piece(PieceKind.Literal, literal.ToString(), Default: null));
            literal.Clear();
        }
    }

    /// <summary>What it means for a request; null when a variable has no single value there and no default.</summary>
    public Glob? Resolve(IConditionContext context) => _fixed ?? Build(context);

    /// <summary>What it can mean for any request: a variable may have every value.</summary>
    public Glob Widest()
    {
        var pieces = _pieces.ConvertAll(piece =>
            piece.Kind == PieceKind.Variable ? new Piece(PieceKind.Wildcard, "*", Default: null) : piece);
        return new PolicyPattern(Source, pieces)._fixed!.Value;
    }

    private Glob? Build(IConditionContext? context)
    {
        var text = new StringBuilder();
        var wild = HasWildcards ? new List<bool>() : null;
        foreach (var piece in _pieces)
        {
            var part = piece.Kind != PieceKind.Variable ? piece.Text
                : context?.Values(piece.Text) is [var only] ? only
                : piece.Default;
            if (part is null)
                return null;
            text.Append(part);
            // What a variable stands for is never a wildcard, whatever a user may be called.
            wild?.AddRange(Enumerable.Repeat(piece.Kind == PieceKind.Wildcard, part.Length));
        }
        return new Glob(text.ToString(), wild?.ToArray());
    }

    private readonly record struct Piece(PieceKind Kind, string Text, string? Default);
}
