using CasStore.Api.S3.Operations.Tags;
using CasStore.Events.Objects;

namespace CasStore.Api.S3.Headers;

/// <summary>Tags of an object to be made: x-amz-tagging.</summary>
public static class TaggingHeader
{
    /// <summary>The tags, or null when there is no header.</summary>
    /// <exception cref="Errors.S3Exception">InvalidArgument or InvalidTag.</exception>
    public static IReadOnlyList<ObjectTag>? Read(S3Request request) => request.Header("x-amz-tagging") is { } header
        ? ToEvent(TagSet.ParseHeader(header, TagRules.Object))
        : null;

    /// <summary>Tags as they are stored.</summary>
    public static IReadOnlyList<ObjectTag> ToEvent(IReadOnlyList<(string Key, string Value)> tags) =>
        tags.Select(tag => new ObjectTag(tag.Key, tag.Value)).ToList();
}
