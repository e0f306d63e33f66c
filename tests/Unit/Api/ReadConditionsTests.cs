using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Events.Objects;
using CasStore.Projections.Objects;

namespace CasStore.Tests.Unit.Api;

/// <summary>The order of RFC 9110 §13.2.2: ETags decide where they are given, dates only where they are not.</summary>
public sealed class ReadConditionsTests
{
    private static readonly DateTimeOffset Second = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);
    private static readonly DateTimeOffset Written = Second.AddMilliseconds(900);

    private static readonly ObjectVersion Found = new()
    {
        BucketId = 1,
        Key = "key",
        VersionId = "null",
        IsDeleteMarker = false,
        Owner = "owner",
        LastModified = Written,
        Content = new ObjectContent { Size = 0, ETag = "now", Extents = [] },
        Metadata = new ObjectMetadata { CacheControl = "max-age=5", ContentEncoding = "gzip" },
    };

    [Theory]
    [InlineData("\"now\"")]
    [InlineData("now")]
    [InlineData("*")]
    [InlineData("\"other\", \"now\"")]
    [InlineData("W/\"now\"")]
    public void If_match_names_the_object(string etags)
    {
        new ReadConditions(etags, null, null, null).CheckRead(Found);
        Error(new ReadConditions(null, etags, null, null)).ShouldBe(S3Errors.NotModified);
    }

    [Fact]
    public void If_match_on_another_fails()
    {
        Error(new ReadConditions("\"other\"", null, null, null)).ShouldBe(S3Errors.PreconditionFailed);
        new ReadConditions(null, "\"other\"", null, null).CheckRead(Found);
    }

    [Fact]
    public void Dates_have_seconds()
    {
        Error(new ReadConditions(null, null, Second, null)).ShouldBe(S3Errors.NotModified);
        new ReadConditions(null, null, Second.AddSeconds(-1), null).CheckRead(Found);
        new ReadConditions(null, null, null, Second).CheckRead(Found);
        Error(new ReadConditions(null, null, null, Second.AddSeconds(-1))).ShouldBe(S3Errors.PreconditionFailed);
    }

    [Fact]
    public void An_etag_that_matches_overrules_the_date()
    {
        new ReadConditions("\"now\"", null, null, Second.AddDays(-1)).CheckRead(Found);
        Error(new ReadConditions(null, "\"now\"", Second.AddDays(-1), null)).ShouldBe(S3Errors.NotModified);
        new ReadConditions(null, "\"other\"", Second.AddDays(1), null).CheckRead(Found);
    }

    [Fact]
    public void What_must_hold_comes_before_what_must_not() =>
        Error(new ReadConditions("\"other\"", "\"now\"", null, null)).ShouldBe(S3Errors.PreconditionFailed);

    [Fact]
    public void Not_modified_keeps_validators_and_caching_only() =>
        Should.Throw<S3Exception>(() => new ReadConditions(null, "*", null, null).CheckRead(Found))
            .Headers.Select(header => header.Name).ShouldBe(["ETag", "Last-Modified", "Cache-Control"]);

    [Theory]
    [InlineData("If-Match", "\"other\"", null)]
    [InlineData("If-None-Match", null, "\"now\"")]
    public void A_copy_fails_where_a_read_would_tell_nothing_new(string condition, string? match, string? noneMatch)
    {
        var conditions = new ReadConditions(match, noneMatch, null, null) { Prefix = "x-amz-copy-source-" };
        Should.Throw<S3Exception>(() => conditions.CheckSource(Found.Content.ETag, Written))
            .Details.ShouldContain(("Condition", $"x-amz-copy-source-{condition}"));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("\"now\"", true)]
    [InlineData("\"other\"", false)]
    [InlineData("W/\"now\"", false)]
    [InlineData("Monday, 04-May-26 03:02:01 GMT", true)]
    [InlineData("Mon May  4 03:02:01 2026", true)]
    [InlineData("Mon May  4 03:02:00 2026", false)]
    [InlineData("Mon, 04 May 2026 03:02:01 GMT", true)]
    [InlineData("Mon, 04 May 2026 03:02:00 GMT", false)]
    public void A_range_counts_while_the_object_is_the_same(string? ifRange, bool counts) =>
        ReadConditions.RangeCounts(ifRange, "now", Written).ShouldBe(counts);

    private static S3Error Error(ReadConditions conditions) =>
        Should.Throw<S3Exception>(() => conditions.CheckRead(Found)).Error;
}
