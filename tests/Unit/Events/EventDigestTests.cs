using CasStore.Events.Buckets;
using CasStore.Events.Log;

namespace CasStore.Tests.Unit.Events;

public sealed class EventDigestTests
{
    private static readonly byte[] Salt = [.. Enumerable.Repeat((byte)7, EventDigest.SaltSize)];

    private static readonly RecordedEvent Recorded = new(
        5, "bucket/5", 1, new Guid("00000000-0000-7000-8000-000000000001"),
        new CommandContext(new Guid("00000000-0000-7000-8000-000000000002"), "alice", "127.0.0.1"),
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), new BucketDeleted(5, "b"));

    [Fact]
    public void The_digest_of_a_known_event_never_changes() =>
        Convert.ToHexStringLower(Digest(Recorded, "BucketDeleted", 1, Salt, [1, 2])).ShouldBe(
            "8f5c73bceddab46f9e2746c750e7e86d586d9c8597c5952df03a25323702969e");

    [Fact]
    public void Every_field_changes_the_digest()
    {
        var digest = Digest(Recorded, "BucketDeleted", 1, Salt, [1, 2]);
        RecordedEvent[] changed =
        [
            Recorded with { Position = 6 },
            Recorded with { Stream = "bucket/6" },
            Recorded with { StreamVersion = 2 },
            Recorded with { EventId = Guid.Empty },
            Recorded with { OccurredAt = Recorded.OccurredAt.AddMicroseconds(1) },
            Recorded with { Command = Recorded.Command with { CommandId = Guid.Empty } },
            Recorded with { Command = Recorded.Command with { Actor = "bob" } },
            Recorded with { Command = Recorded.Command with { SourceAddress = null } },
        ];
        foreach (var other in changed)
            Digest(other, "BucketDeleted", 1, Salt, [1, 2]).ShouldNotBe(digest);
        Digest(Recorded, "BucketCreated", 1, Salt, [1, 2]).ShouldNotBe(digest);
        Digest(Recorded, "BucketDeleted", 2, Salt, [1, 2]).ShouldNotBe(digest);
        Digest(Recorded, "BucketDeleted", 1, Salt, [1, 3]).ShouldNotBe(digest);
        Digest(Recorded, "BucketDeleted", 1, [.. Salt.Reverse().Skip(1), 8], [1, 2]).ShouldNotBe(digest);
    }

    private static byte[] Digest(RecordedEvent recorded, string type, int version, byte[] salt, byte[] payload) =>
        EventDigest.Compute(recorded, type, version, salt, payload);
}
