using CasStore.BlobCas;
using CasStore.Events.Log;
using CasStore.Events.Objects;
using CasStore.Projections.Uploads;
using Npgsql;
using NpgsqlTypes;

namespace CasStore.Projections.Blobs;

/// <summary>
/// Counts who names a blob: each object state and each part of an open upload counts a blob once. References from
/// parts that go are taken back by <see cref="UploadProjection"/>, which knows which rows went.
/// </summary>
internal sealed class BlobReferenceProjection : IInlineProjection
{
    private const string AddReferences = """
        insert into blob_references (digest, "references", from_position)
        select unnest($1::bytea[]), unnest($2::bigint[]), unnest($3::bigint[])
        on conflict (digest) do update set "references" = blob_references."references" + excluded."references"
        """;

    public void Project(IReadOnlyList<RecordedEvent> events, NpgsqlBatch batch)
    {
        var counts = new Dictionary<BlobDigest, (long References, long Position)>();
        foreach (var recorded in events)
        {
            if (recorded.Event is ObjectCreated created)
                Count(counts, created.Content.Extents, recorded.Position, references: 1);
        }
        var uploads = UploadFold.Of(events);
        foreach (var part in uploads.Parts.Values)
            Count(counts, part.Event.Content.Extents, part.Position, references: 1);
        // A part that came and went leaves a blob with a row, so that the collector finds it.
        foreach (var part in uploads.GoneParts)
            Count(counts, part.Event.Content.Extents, part.Position, references: 0);
        if (counts.Count == 0)
            return;
        batch.Add(AddReferences)
            .Add(NpgsqlDbType.Bytea, counts.Keys.Select(digest => digest.ToArray()).ToArray())
            .Add(NpgsqlDbType.Bigint, counts.Values.Select(count => count.References).ToArray())
            .Add(NpgsqlDbType.Bigint, counts.Values.Select(count => count.Position).ToArray());
    }

    private static void Count(
        Dictionary<BlobDigest, (long References, long Position)> counts,
        IReadOnlyList<Extent> extents,
        long position,
        int references)
    {
        foreach (var digest in extents.Select(extent => extent.Blob).Distinct())
        {
            var before = counts.GetValueOrDefault(digest, (0, position));
            counts[digest] = (before.References + references, Math.Min(before.Position, position));
        }
    }
}
