using CasStore.Events.Buckets;
using CasStore.Events.Log;
using Npgsql;
using NpgsqlTypes;

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
                    batch.Add("delete from bucket_configurations where bucket_id = $1").Add(deleted.BucketId);
                    batch.Add("delete from bucket_usage where bucket_id = $1").Add(deleted.BucketId);
                    break;
                case BucketVersioningSet set:
                    batch.Add("update buckets set versioning = $2 where bucket_id = $1")
                        .Add(set.BucketId).Add(set.Status.ToString());
                    break;
                case BucketObjectLockSet set:
                    SetObjectLock(batch, set);
                    break;
                case BucketConfigurationSet set:
                    batch.Add("""
                        insert into bucket_configurations (bucket_id, name, document) values ($1, $2, $3)
                        on conflict (bucket_id, name) do update set document = excluded.document
                        """)
                        .Add(set.BucketId).Add(set.Name).Add(set.Document);
                    MarkConfigured(batch, set.BucketId, recorded.Position);
                    break;
                case BucketConfigurationRemoved removed:
                    batch.Add("delete from bucket_configurations where bucket_id = $1 and name = $2")
                        .Add(removed.BucketId).Add(removed.Name);
                    MarkConfigured(batch, removed.BucketId, recorded.Position);
                    break;
            }
        }
    }

    private static void SetObjectLock(NpgsqlBatch batch, BucketObjectLockSet set) => batch.Add("""
        update buckets set object_lock = true, default_retention_mode = $2, default_retention_days = $3,
            default_retention_years = $4
        where bucket_id = $1
        """)
        .Add(set.BucketId)
        .AddNullable(NpgsqlDbType.Text, set.Default?.Mode.ToString())
        .AddNullable(NpgsqlDbType.Integer, set.Default?.Days)
        .AddNullable(NpgsqlDbType.Integer, set.Default?.Years);

    private static void MarkConfigured(NpgsqlBatch batch, long bucketId, long position) =>
        batch.Add("update buckets set configured_at = $2 where bucket_id = $1").Add(bucketId).Add(position);
}
