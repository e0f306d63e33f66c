using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CasStore.Events.Log;

/// <summary>Rewrites the payload of one schema version of an event type as the next version's.</summary>
public delegate byte[] Upcaster(byte[] payload);

/// <summary>The event types by their stored names. Names are never changed or used again; versions only rise.</summary>
public sealed class EventTypes
{
    private readonly Dictionary<Type, Entry> _byType = [];
    private readonly Dictionary<string, Entry> _byName = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<(string Name, int From), Upcaster> _upcasters;

    /// <summary>The types of the store.</summary>
    public static EventTypes All { get; } = new(new Dictionary<(string, int), Upcaster>());

    internal EventTypes(IReadOnlyDictionary<(string Name, int From), Upcaster> upcasters)
    {
        _upcasters = upcasters;
        var json = EventJson.Canonical;
        Add("BucketCreated", json.BucketCreated);
        Add("BucketDeleted", json.BucketDeleted);
        Add("BucketVersioningSet", json.BucketVersioningSet);
        Add("BucketObjectLockSet", json.BucketObjectLockSet);
        Add("BucketConfigurationSet", json.BucketConfigurationSet);
        Add("BucketConfigurationRemoved", json.BucketConfigurationRemoved);
        Add("ObjectCreated", json.ObjectCreated);
        Add("ObjectDeleted", json.ObjectDeleted);
        Add("DeleteMarkerCreated", json.DeleteMarkerCreated);
        Add("ObjectVersionDeleted", json.ObjectVersionDeleted);
        Add("ObjectTagged", json.ObjectTagged);
        Add("ObjectAclSet", json.ObjectAclSet);
        Add("ObjectRetentionSet", json.ObjectRetentionSet);
        Add("ObjectLegalHoldSet", json.ObjectLegalHoldSet);
        Add("UploadStarted", json.UploadStarted);
        Add("PartUploaded", json.PartUploaded);
        Add("UploadCompleted", json.UploadCompleted);
        Add("UploadAborted", json.UploadAborted);
        Add("UserAdded", json.UserAdded);
        Add("UserRemoved", json.UserRemoved);
        Add("AccessKeyCreated", json.AccessKeyCreated);
        Add("AccessKeyDeactivated", json.AccessKeyDeactivated);
        Add("AccessKeyActivated", json.AccessKeyActivated);
        Add("AccessKeyDeleted", json.AccessKeyDeleted);
    }

    /// <summary>Stored name and schema version under which an event is written.</summary>
    public (string Name, int SchemaVersion) NameOf(IEvent @event)
    {
        var entry = _byType[@event.GetType()];
        return (entry.Name, CurrentVersion(entry.Name));
    }

    /// <summary>The canonical payload.</summary>
    public byte[] Serialize(IEvent @event) => _byType[@event.GetType()].Write(@event);

    /// <summary>Reads a payload of any version ever written.</summary>
    /// <exception cref="InvalidDataException">The type or version is unknown: a newer store wrote it.</exception>
    public IEvent Deserialize(string name, int schemaVersion, byte[] payload)
    {
        if (!_byName.TryGetValue(name, out var entry))
            throw new InvalidDataException($"The log holds an event of unknown type {name}.");
        var current = CurrentVersion(name);
        if (schemaVersion > current)
        {
            throw new InvalidDataException(
                $"The log holds {name} in schema version {schemaVersion}; this store knows up to {current}.");
        }
        for (var version = schemaVersion; version < current; version++)
            payload = _upcasters[(name, version)](payload);
        return entry.Read(payload);
    }

    private int CurrentVersion(string name)
    {
        var version = 1;
        while (_upcasters.ContainsKey((name, version)))
            version++;
        return version;
    }

    private void Add<T>(string name, JsonTypeInfo<T> info)
        where T : class, IEvent
    {
        var entry = new Entry(
            name,
            value => JsonSerializer.SerializeToUtf8Bytes((T)value, info),
            payload => JsonSerializer.Deserialize(payload, info)
                ?? throw new InvalidDataException($"A payload of {name} is null."));
        _byType.Add(typeof(T), entry);
        _byName.Add(name, entry);
    }

    private sealed record Entry(string Name, Func<IEvent, byte[]> Write, Func<byte[], IEvent> Read);
}
