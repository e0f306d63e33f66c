using CasStore.Events.Buckets;
using CasStore.Events.Log;
using CasStore.Events.Objects;

namespace CasStore.Tests.Unit.Events;

public class LogTailTests
{
    private const long BucketId = 7;
    private static readonly DateTime s_start = new(2026, 11, 21, 0, 0, 0, DateTimeKind.Utc);
    private readonly LogTail _tail = new();

    [Fact]
    public void An_early_state_is_trusted_once_the_process_has_been_alone_for_a_while()
    {
        Found(times: 16, head: 100);
        _tail.Tells(State(position: 100)).ShouldBeFalse();

        Found(times: 1, head: 100);
        _tail.Tells(State(position: 100)).ShouldBeTrue();
    }

    [Fact]
    public void A_head_that_somebody_else_moved_ends_the_trust()
    {
        Found(times: 17, head: 100);
        Found(times: 1, head: 101);
        _tail.Tells(State(position: 101)).ShouldBeFalse();

        Found(times: 16, head: 101);
        _tail.Tells(State(position: 101)).ShouldBeTrue();
        _tail.Tells(State(position: 100)).ShouldBeFalse();
    }

    [Fact]
    public void A_state_from_beyond_the_head_was_written_by_somebody_else()
    {
        Found(times: 17, head: 100);
        _tail.Tells(State(position: 101)).ShouldBeFalse();
    }

    [Fact]
    public void A_change_of_the_bucket_outdates_what_was_read_before_it()
    {
        Found(times: 17, head: 100);
        _tail.Append([Event(101, StreamName.Bucket(BucketId), 2)]);

        _tail.Tells(State(position: 100)).ShouldBeFalse();
        _tail.Tells(State(position: 101)).ShouldBeTrue();
    }

    [Fact]
    public void Versions_of_streams_are_the_newest_known()
    {
        Found(times: 17, head: 100);
        _tail.StreamVersion(State(position: 100, version: 3)).ShouldBe(3);

        _tail.Append([Event(101, Stream, 4), Event(102, Stream, 5)]);
        _tail.StreamVersion(State(position: 100, version: 3)).ShouldBe(5);
    }

    [Fact]
    public void What_was_appended_is_remembered_for_some_thousand_events_and_no_older_state_is_trusted()
    {
        Found(times: 17, head: 0);
        var remembered = 0;
        for (var n = 1; n <= 10_000; n++)
        {
            var early = State(position: n - 1, stream: $"stream{n}");
            _tail.Append([Event(n, $"stream{n}", 1)]);
            _tail.Tells(early).ShouldBeTrue();
            _tail.StreamVersion(early).ShouldBe(1);
        }
        for (var n = 1; n <= 10_000; n++)
        {
            var early = State(position: n - 1, stream: $"stream{n}");
            if (!_tail.Tells(early))
                continue;
            _tail.StreamVersion(early).ShouldBe(1);
            remembered++;
        }
        remembered.ShouldBeInRange(2048, 4096);
    }

    [Fact]
    public void Nothing_is_trusted_after_it_forgot()
    {
        Found(times: 17, head: 100);
        _tail.Append([Event(101, Stream, 4)]);
        _tail.Forget();
        Found(times: 20, head: 101);

        _tail.Tells(State(position: 100)).ShouldBeFalse();
        _tail.Tells(State(position: 101, version: 4)).ShouldBeTrue();
    }

    [Fact]
    public void Commands_that_know_all_are_decided_without_a_look_at_the_database()
    {
        Found(times: 17, head: 100);
        var transaction = new AppendTransaction(null!, [], _tail);

        var outcome = transaction.DecideEarly([Put(State(100, version: 3)), Put(State(100, version: 3))])!;

        outcome.Events.Select(e => (e.Position, e.StreamVersion)).ShouldBe([(101, 4), (102, 5)]);
        outcome.Events.ShouldAllBe(e => e.OccurredAt.UtcDateTime >= s_start);
        transaction.DecideEarly([Put(State(100)), Put(known: null)]).ShouldBeNull();
        transaction.DecideEarly([Put(State(100)) with { Preconditions = new Preconditions("*") }]).ShouldBeNull();
    }

    private static string Stream => StreamName.Object(BucketId, "key");

    private void Found(int times, long head)
    {
        for (var n = 0; n < times; n++)
            _tail.Found(head, s_start);
    }

    private static EarlyState State(long position, long version = 0, string? stream = null) => new(
        position, s_start,
        new BucketSettings(BucketId, VersioningStatus.Off, false, null, new HashSet<string>(StringComparer.Ordinal)),
        stream ?? Stream, version);

    private static RecordedEvent Event(long position, string stream, long version) => new(
        position, stream, version, Guid.NewGuid(), new CommandContext(Guid.NewGuid(), "tester", null),
        new DateTimeOffset(s_start, TimeSpan.Zero), new ObjectDeleted(BucketId, "key"));

    private static PutObject Put(EarlyState? known) => new(new ObjectCreated
    {
        BucketId = BucketId,
        Key = "key",
        Owner = "tester",
        Content = new ObjectContent { Size = 0, ETag = "", Extents = [] },
        Metadata = new ObjectMetadata(),
    })
    {
        Context = new CommandContext(Guid.NewGuid(), "tester", null),
        Known = known,
    };
}
