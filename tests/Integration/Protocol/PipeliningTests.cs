using System.Text.RegularExpressions;
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
            new("GET", $"/{bucket}/key") { AfterSigning = headers => headers["Connection"] = "close" },
        ];
        using var connection = await Raw.ConnectAsync();
        await connection.WriteAsync(requests.SelectMany(Raw.ToBytes).ToArray());
        var answers = await connection.ReadToEndAsync();
        Regex.Matches(answers, @"HTTP/1\.1 (\d+)").Select(match => match.Groups[1].Value)
            .ShouldBe(["200", "200", "200", "404", "204", "200"]);
        answers.ShouldContain("\r\n\r\nfirstHTTP/1.1 200");
        answers.ShouldEndWith("\r\n\r\nsecond");
    }
}
