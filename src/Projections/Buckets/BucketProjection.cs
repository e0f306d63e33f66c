using CasStore.Events.Buckets;
using CasStore.Events.Log;
using Npgsql;

namespace CasStore.Projections.Buckets;

/// <summary>Keeps the table of buckets. Few buckets come and go, so each event is a statement.</summary>
internal sealed class BucketProjection : IInlineProjection
{
    public void Project(IReadOnlyList<RecordedEvent> events, NpgsqlBatch batch)
    {
        foreach (var recorded in events)
        {
            switch (recorded.Event)
            {
                case BucketCreated created:
                    batch.Add("""
                        insert into buckets (bucket_id, name, owner, region, created_at)
                        values ($1, $2, $3, $4, $5)
                        """)
                        .Add(created.BucketId)
                        .Add(created.Name)
                        .Add(created.Owner)
                        .Add(created.Region)
                        .Add(recorded.OccurredAt.UtcDateTime);
                    break;
                case BucketDeleted deleted:
                    batch.Add("delete from buckets where bucket_id = $1").Add(deleted.BucketId);
                    batch.Add("delete from bucket_usage where bucket_id = $1").Add(deleted.BucketId);
                    break;
            }
        }
    }
}
