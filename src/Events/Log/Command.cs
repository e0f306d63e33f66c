namespace CasStore.Events.Log;

/// <summary>Who asked for a change, and under which id.</summary>
/// <param name="CommandId">Id of the command; the request id that the client saw.</param>
/// <param name="Actor">Canonical id of the identity that asked; <c>system</c> for the store itself.</param>
/// <param name="SourceAddress">Address of the client, or null for a local command.</param>
public sealed record CommandContext(Guid CommandId, string Actor, string? SourceAddress);

/// <summary>
/// Something that was asked for. Deciding it is pure: the state goes in, events or a rejection come out.
/// </summary>
public abstract record Command
{
    /// <summary>Who asks.</summary>
    public required CommandContext Context { get; init; }

    /// <summary>The state that the command looks at, if it knows all of it already; otherwise null.</summary>
    internal virtual EarlyState? Early => null;

    /// <summary>Names the state that <see cref="Decide"/> will look at.</summary>
    internal abstract void Declare(StateNeeds needs);

    /// <summary>Decides against the state at <see cref="WriteState.Position"/>. Appending nothing is allowed.</summary>
    internal abstract Decision Decide(WriteState state);

    /// <summary>How much of a batch the command takes up, in events.</summary>
    internal virtual int Weight => 1;

    /// <summary>
    /// Whether it must be the first of its batch, because it looks at an aggregate (is the bucket empty?) that is not
    /// kept current between the commands of a batch.
    /// </summary>
    internal virtual bool StartsBatch => false;
}

/// <summary>The outcome of deciding a command: events to append, or why not.</summary>
internal readonly record struct Decision(IReadOnlyList<StreamEvent> Events, Rejection Rejection)
{
    /// <summary>What came of each of the things that a command is about, when they are several.</summary>
    public IReadOnlyList<Rejection> Outcomes { get; init; } = [];

    public static Decision Nothing { get; } = new([], Rejection.None);

    public static Decision Append(params StreamEvent[] events) => new(events, Rejection.None);

    public static implicit operator Decision(Rejection rejection) => new([], rejection);
}

/// <summary>Why a command was refused. Nothing was appended.</summary>
public enum Rejection
{
    None = 0,
    BucketNotFound,
    BucketAlreadyExists,
    BucketAlreadyOwnedByYou,
    BucketNotEmpty,
    InvalidBucketState,
    KeyNotFound,
    VersionNotFound,
    IsDeleteMarker,
    ObjectLocked,
    ObjectLockNotEnabled,
    PreconditionFailed,
    UploadNotFound,
    UserNotFound,
    UserAlreadyExists,
    UserOwnsBuckets,
    AccessKeyNotFound,
    AccessKeyAlreadyExists,
}

/// <summary>What came of a command.</summary>
/// <param name="Rejection">None when the command was carried out.</param>
/// <param name="Position">Position of the command's last event; of the log's head if it appended none.</param>
/// <param name="RecordedAt">When the events were recorded (UTC, microseconds): Last-Modified of what they made.</param>
/// <param name="Events">The events appended; empty when the state was already as asked.</param>
public sealed record AppendResult(
    Rejection Rejection, long Position, DateTimeOffset RecordedAt, IReadOnlyList<IEvent> Events)
{
    /// <summary>What came of each of the things that the command is about, when they are several.</summary>
    public IReadOnlyList<Rejection> Outcomes { get; init; } = [];
}
