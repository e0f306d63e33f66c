namespace CasStore.Projections.Objects;

/// <summary>How clients name an object. A class: generic code of its own for a structure would be larger.</summary>
internal sealed record ObjectName(string Bucket, string Key);
