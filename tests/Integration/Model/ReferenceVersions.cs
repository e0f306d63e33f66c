using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Model;

/// <summary>A bucket whose versions have names of the test's own; <c>null</c> is the null version.</summary>
internal interface IVersionModel
{
    Task<string> SetVersioningAsync(bool enabled);

    /// <summary>Puts an object; its version is called <paramref name="name"/>, unless it is the null version.</summary>
    Task<string> PutAsync(string key, string content, string name);

    /// <summary>Deletes an object; a delete marker is called <paramref name="name"/>.</summary>
    Task<string> DeleteAsync(string key, string name);

    Task<string> DeleteVersionAsync(string key, string name);

    /// <summary>Gets a version, or the newest.</summary>
    Task<string> GetAsync(string key, string? name);

    /// <summary>Copies a version, or the newest, to a key.</summary>
    Task<string> CopyAsync(string key, string? name, string toKey, string toName);

    Task<string> ListVersionsAsync(string prefix, string? delimiter, int pageSize);

    Task<string> ListAsync();
}

/// <summary>The semantics of versions in memory, as plain as can be.</summary>
internal sealed class ReferenceVersions : IVersionModel
{
    private const string Null = "null";
    private readonly SortedDictionary<string, List<Version>> _keys = new(Utf8Order.Instance);
    private bool _wasEnabled, _isEnabled;

    private sealed record Version(string Name, string? Content);

    /// <summary>The names of a key's versions, the newest first.</summary>
    public IReadOnlyList<string> NamesOf(string key) => Find(key).Select(version => version.Name).ToList();

    public Task<string> SetVersioningAsync(bool enabled)
    {
        (_wasEnabled, _isEnabled) = (true, enabled);
        return Say("set");
    }

    public Task<string> PutAsync(string key, string content, string name) => Say($"put {Add(key, content, name)}");

    public Task<string> DeleteAsync(string key, string name)
    {
        if (_wasEnabled)
            return Say($"marker {Add(key, null, name)}");
        _keys.Remove(key);
        return Say("deleted");
    }

    public Task<string> DeleteVersionAsync(string key, string name)
    {
        var gone = Find(key).FirstOrDefault(version => version.Name == name);
        if (gone is not null)
            _keys[key].Remove(gone);
        return Say(gone is { Content: null } ? "deleted marker" : "deleted");
    }

    public Task<string> GetAsync(string key, string? name)
    {
        var found = name is null ? Find(key).FirstOrDefault() : Find(key).FirstOrDefault(v => v.Name == name);
        if (found is null)
            return Say(name is null ? "NoSuchKey" : "NoSuchVersion");
        if (found.Content is null)
            return Say(name is null ? "NoSuchKey" : "MethodNotAllowed");
        return Say($"got {found.Content} {(_wasEnabled ? found.Name : "")}");
    }

    public Task<string> CopyAsync(string key, string? name, string toKey, string toName)
    {
        var found = name is null ? Find(key).FirstOrDefault() : Find(key).FirstOrDefault(v => v.Name == name);
        if (found is null)
            return Say(name is null ? "NoSuchKey" : "NoSuchVersion");
        if (found.Content is null)
            return Say(name is null ? "NoSuchKey" : "InvalidRequest");
        return Say(key == toKey && name is null ? "InvalidRequest" : $"copied {Add(toKey, found.Content, toName)}");
    }

    public Task<string> ListVersionsAsync(string prefix, string? delimiter, int pageSize)
    {
        var entries = _keys.Where(key => key.Key.StartsWith(prefix, StringComparison.Ordinal))
            .SelectMany(key => key.Value.Select((version, index) => Roll(key.Key, prefix, delimiter)
                ?? $"{key.Key}@{version.Name}{(index == 0 ? "*" : "")}{(version.Content is null ? "†" : "")}"))
            .Distinct(StringComparer.Ordinal);
        // A page has its versions first, then its common prefixes.
        return Say(string.Join(" // ", entries.Chunk(pageSize)
            .Select(page => string.Join(' ', page.OrderBy(entry => entry[0] == '[')))));
    }

    public Task<string> ListAsync() => Say(string.Join(' ',
        _keys.Where(key => key.Value is [{ Content: not null }, ..])
            .Select(key => $"{key.Key}:{key.Value[0].Content!.Length}")));

    private static string? Roll(string key, string prefix, string? delimiter) =>
        delimiter is not null && key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal) is >= 0 and var at
            ? $"[{key[..(at + delimiter.Length)]}]"
            : null;

    private string Add(string key, string? content, string name)
    {
        var own = _isEnabled ? name : Null;
        if (!_keys.TryGetValue(key, out var versions))
            _keys.Add(key, versions = []);
        if (own == Null)
            versions.RemoveAll(version => version.Name == Null);
        versions.Insert(0, new Version(own, content));
        return own;
    }

    private List<Version> Find(string key) => _keys.GetValueOrDefault(key) ?? [];

    private static Task<string> Say(string outcome) => Task.FromResult(outcome);
}
