using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Listing;

public sealed class ManyListingsTests : StoreTests
{
    /// <remarks>More than PostgreSQL has sessions by default (100).</remarks>
    [Fact]
    public async Task Listings_that_come_at_once_are_all_answered()
    {
        const int Listings = 250;
        var bucket = await NewBucketAsync();
        for (var i = 0; i < 100; i++)
            await Raw.PutAsync($"/{bucket}/key-{i}", "text");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, Listings).Select(_ => Raw.GetAsync($"/{bucket}?list-type=2")));
        answers.Select(answer => answer.Status).ShouldBe(Enumerable.Repeat(200, Listings));
    }
}
