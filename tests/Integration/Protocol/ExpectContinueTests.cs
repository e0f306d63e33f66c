using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Protocol;

public sealed class ExpectContinueTests : StoreTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("text", false)]
    public async Task A_connection_ends_when_the_answer_came_without_100_Continue(string text, bool ends)
    {
        var bucket = await NewBucketAsync();
        var answer = await Raw.SendAsync(new RawRequest("PUT", $"/{bucket}/key")
        {
            Text = text,
            AfterSigning = headers => headers["Expect"] = "100-continue",
        });
        answer.Status.ShouldBe(200);
        (answer.Header("Connection") == "close").ShouldBe(ends);
    }
}
