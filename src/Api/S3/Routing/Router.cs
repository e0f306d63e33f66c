using System.Collections.Frozen;
using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Routing;

/// <summary>
/// Finds the operation that a request means. A query parameter that selects an operation of S3 never falls through to
/// a neighbour: what is not implemented is NotImplemented.
/// </summary>
public static class Router
{
    /// <summary>Query parameters that select an operation, or change what one means, in the S3 API Reference.</summary>
    private static readonly FrozenSet<string> SubResources = new[]
    {
        "accelerate", "acl", "abac", "analytics", "annotation", "attributes", "cors", "delete", "encryption",
        "intelligent-tiering", "inventory", "legal-hold", "lifecycle", "list-type", "location", "logging",
        "metadataConfiguration", "metadataInventoryTable", "metadataJournalTable", "metadataTable", "metrics",
        "notification", "object-lock", "ownershipControls", "partNumber", "policy", "policyStatus",
        "publicAccessBlock", "renameObject", "replication", "requestPayment", "restore", "retention", "select",
        "session", "tagging", "torrent", "uploadId", "uploads", "versionId", "versioning", "versions", "website",
        "append",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Sub-resources that an operation reads as a parameter when another, or none, selected it.</summary>
    private static readonly FrozenSet<string> Parameters =
        new[] { "versionId", "partNumber" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a query parameter selects an operation, or changes what one means.</summary>
    internal static bool IsSubResource(string name) => SubResources.Contains(name);

    /// <summary>The operation, always an implemented one.</summary>
    /// <exception cref="S3Exception">NotImplemented or MethodNotAllowed.</exception>
    public static Operation Find(string method, RequestTarget target, IHeaderDictionary headers)
    {
        var level = target.Key is not null ? ResourceLevel.Object
            : target.Bucket is not null ? ResourceLevel.Bucket
            : ResourceLevel.Service;
        foreach (var operation in OperationTable.Implemented)
        {
            if (operation.Method == method && operation.Level == level && Matches(operation, target, headers))
                return operation;
        }
        if (UnimplementedOperations.Find(method, level, target.Query) is { } missing)
        {
            throw new S3Exception(S3Errors.NotImplemented, $"{missing.Name} is not implemented: {missing.Reason}.",
                ("Header", missing.SubResource!));
        }
        var known = method is "GET" or "HEAD" or "PUT" or "POST" or "DELETE" or "OPTIONS";
        var named = target.Query.Names.FirstOrDefault(SubResources.Contains);
        if (known && (named is not null || method is "OPTIONS" or "POST"))
            throw NotImplemented(named ?? method);
        throw new S3Exception(
            S3Errors.MethodNotAllowed, null, ("Method", method), ("ResourceType", level.ToString().ToUpperInvariant()));
    }

    private static bool Matches(Operation operation, RequestTarget target, IHeaderDictionary headers)
    {
        if (operation.SubResource is { } selector && !target.Query.Has(selector))
            return false;
        if (operation.AlsoNeeds is { } also && !target.Query.Has(also))
            return false;
        if (operation.NeedsHeader is { } header && !headers.ContainsKey(header))
            return false;
        return target.Query.Names.All(name => name == operation.SubResource || name == operation.AlsoNeeds
            || !SubResources.Contains(name) || (Parameters.Contains(name) && ReadsAsParameter(operation, name)));
    }

    private static bool ReadsAsParameter(Operation operation, string name) => name switch
    {
        "versionId" => operation.TakesVersion,
        "partNumber" => operation.Name is "GetObject" or "HeadObject",
        _ => false,
    };

    private static S3Exception NotImplemented(string what) =>
        new(S3Errors.NotImplemented, null, ("Header", what));
}
