using CasStore.Events.Access;
using CasStore.Events.Log;
using Npgsql;

namespace CasStore.Projections.Access;

/// <summary>Keeps users and access keys. They change rarely, so each event is a statement.</summary>
internal sealed class AccessProjection : IInlineProjection
{
    public void Project(IReadOnlyList<RecordedEvent> events, NpgsqlBatch batch)
    {
        foreach (var recorded in events)
        {
            switch (recorded.Event)
            {
                case UserAdded added:
                    var insert = batch.Add(
                        "insert into users (user_id, name, display_name, email) values ($1, $2, $3, $4)")
                        .Add(added.UserId).Add(added.Name).Add(added.DisplayName);
                    insert.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = added.Email });
                    break;
                case UserRemoved removed:
                    batch.Add("delete from access_keys where user_id = $1").Add(removed.UserId);
                    batch.Add("delete from users where user_id = $1").Add(removed.UserId);
                    break;
                case AccessKeyCreated created:
                    batch.Add("""
                        insert into access_keys (
                            access_key, user_id, is_active, sealed_secret, created_at, from_position)
                        values ($1, $2, true, $3, $4, $5)
                        """)
                        .Add(created.AccessKey).Add(created.UserId).Add(created.SealedSecret)
                        .Add(recorded.OccurredAt.UtcDateTime).Add(recorded.Position);
                    break;
                case AccessKeyDeactivated off:
                    SetActive(batch, off.AccessKey, active: false);
                    break;
                case AccessKeyActivated on:
                    SetActive(batch, on.AccessKey, active: true);
                    break;
                case AccessKeyDeleted deleted:
                    batch.Add("delete from access_keys where access_key = $1").Add(deleted.AccessKey);
                    break;
            }
        }
    }

    private static void SetActive(NpgsqlBatch batch, string accessKey, bool active) =>
        batch.Add("update access_keys set is_active = $2 where access_key = $1").Add(accessKey).Add(active);
}
