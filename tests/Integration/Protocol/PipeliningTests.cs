using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Protocol;

public sealed class PipeliningTests : StoreTests
{
    /// <remarks>RFC 9112, section 9.3.2.</remarks>
    [Fact]
    public async Task Requests_sent_before_their_answers_came_are_answered_in_order()
    {
        var bucket = await NewBucketAsync();
        RawRequest[] requests =
        [
            new("PUT", $"/{bucket}/key") { Text = "first" },
            new("GET", $"/{bucket}/key"),
            new("PUT", $"/{bucket}/key") { Text = "second" },
            new("GET", $"/{bucket}/absent"),
            new("DELETE", $"/{bucket}/absent"),
            new("HEAD", $"/{bucket}/key"),
            new("GET", $"/{bucket}/key"),
        ];
        using var connection = await Raw.ConnectAsync();
        await connection.WriteAsync(requests.SelectMany(Raw.ToBytes).ToArray());
        var answers = new List<RawResponse>();
        foreach (var request in requests)
            answers.Add((await connection.ReadResponseAsync(toHead: request.Method == "HEAD")).ShouldNotBeNull());
        answers.Select(answer => answer.Status).ShouldBe([200, 200, 200, 404, 204, 200, 200]);
        answers[1].Text.ShouldBe("first");
        answers[^1].Text.ShouldBe("second");
    }
}
