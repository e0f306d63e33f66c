using System.Text;
using CasStore.BlobCas;
using CasStore.Events.Access;
using CasStore.Events.Buckets;
using CasStore.Events.Log;
using CasStore.Events.Objects;
using CasStore.Events.Uploads;

namespace CasStore.Tests.Unit.Events;

/// <summary>
/// The payload bytes of every schema version ever shipped. A test here that fails means that stored digests no longer
/// match: write a new schema version with an upcaster, and leave the old line as it is.
/// </summary>
public sealed class EventPayloadTests
{
    private static readonly BlobDigest Blob = new(Enumerable.Range(0, 32).Select(n => (byte)n).ToArray());

    private const string BlobHex = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    private static readonly DateTimeOffset Moment = new(2026, 5, 4, 3, 2, 1, 500, TimeSpan.Zero);

    public static TheoryData<string, IEvent, string> Golden => new()
    {
        { "BucketCreated", new BucketCreated(7, "photos", "owner", "eu-1"),
            """{"bucketId":7,"name":"photos","owner":"owner","region":"eu-1"}""" },
        { "BucketDeleted", new BucketDeleted(7, "photos"), """{"bucketId":7,"name":"photos"}""" },
        { "BucketVersioningSet", new BucketVersioningSet(7, VersioningStatus.Enabled),
            """{"bucketId":7,"status":"Enabled"}""" },
        { "BucketObjectLockSet", new BucketObjectLockSet(
                7, new DefaultRetention(RetentionMode.Compliance, Days: 3, Years: null)),
            """{"bucketId":7,"default":{"mode":"Compliance","days":3}}""" },
        { "BucketConfigurationSet", new BucketConfigurationSet(7, BucketConfigurationName.Cors, "<a>\"é\"</a>"),
            """{"bucketId":7,"name":"cors","document":"<a>\"é\"</a>"}""" },
        { "BucketConfigurationRemoved", new BucketConfigurationRemoved(7, BucketConfigurationName.Policy),
            """{"bucketId":7,"name":"policy"}""" },
        { "ObjectCreated", new ObjectCreated
            {
                BucketId = 7,
                Key = "ключ \"1\" & <2>",
                Owner = "owner",
                Content = new ObjectContent
                {
                    Size = 5,
                    ETag = "e-1",
                    Extents = [new Extent(Blob, 0, 5)],
                    Parts = [new ObjectPart(1, 5, "p", "AAAAAA==")],
                    Checksum = new ObjectChecksum("CRC32", "AAAAAA==", "COMPOSITE"),
                },
                Metadata = new ObjectMetadata
                {
                    ContentType = "text/plain",
                    User = new Dictionary<string, string>(StringComparer.Ordinal) { ["A-b"] = "c" },
                },
                UploadId = "u",
            },
            "{\"bucketId\":7,\"key\":\"ключ \\\"1\\\" & <2>\",\"owner\":\"owner\"," +
            "\"content\":{\"size\":5,\"eTag\":\"e-1\"," +
            $"\"extents\":[{{\"blob\":\"{BlobHex}\",\"offset\":0,\"length\":5}}]," +
            "\"parts\":[{\"number\":1,\"size\":5,\"eTag\":\"p\",\"checksum\":\"AAAAAA==\"}]," +
            "\"checksum\":{\"algorithm\":\"CRC32\",\"value\":\"AAAAAA==\",\"type\":\"COMPOSITE\"}}," +
            "\"metadata\":{\"contentType\":\"text/plain\",\"user\":{\"A-b\":\"c\"}},\"uploadId\":\"u\"}" },
        { "ObjectDeleted", new ObjectDeleted(7, "a/b"), """{"bucketId":7,"key":"a/b"}""" },
        { "ObjectCreated", new ObjectCreated
            {
                BucketId = 7,
                Key = "k",
                Owner = "owner",
                Content = new ObjectContent { Size = 0, ETag = "e", Extents = [] },
                Metadata = new ObjectMetadata(),
                VersionId = "000000000000002a",
                Tags = [new ObjectTag("a", "b")],
                Acl = "acl",
                Retention = new ObjectRetention(RetentionMode.Governance, Moment),
                LegalHold = true,
            },
            "{\"bucketId\":7,\"key\":\"k\",\"owner\":\"owner\"," +
            "\"content\":{\"size\":0,\"eTag\":\"e\",\"extents\":[]}," +
            "\"metadata\":{},\"versionId\":\"000000000000002a\"," +
            "\"tags\":[{\"key\":\"a\",\"value\":\"b\"}],\"acl\":\"acl\"," +
            "\"retention\":{\"mode\":\"Governance\",\"until\":\"2026-05-04T03:02:01.5+00:00\"},\"legalHold\":true}" },
        { "DeleteMarkerCreated", new DeleteMarkerCreated(7, "k", "owner", "null"),
            """{"bucketId":7,"key":"k","owner":"owner","versionId":"null"}""" },
        { "ObjectVersionDeleted", new ObjectVersionDeleted(7, "k", "000000000000002a", DeleteMarker: true),
            """{"bucketId":7,"key":"k","versionId":"000000000000002a","deleteMarker":true}""" },
        { "ObjectVersionDeleted", new ObjectVersionDeleted(7, "k", "null", DeleteMarker: null),
            """{"bucketId":7,"key":"k","versionId":"null"}""" },
        { "ObjectTagged", new ObjectTagged(7, "k", "null", [new ObjectTag("a", "b")]),
            """{"bucketId":7,"key":"k","versionId":"null","tags":[{"key":"a","value":"b"}]}""" },
        { "ObjectAclSet", new ObjectAclSet(7, "k", "null", "acl"),
            """{"bucketId":7,"key":"k","versionId":"null","acl":"acl"}""" },
        { "ObjectRetentionSet", new ObjectRetentionSet(
                7, "k", "null", new ObjectRetention(RetentionMode.Compliance, Moment)),
            "{\"bucketId\":7,\"key\":\"k\",\"versionId\":\"null\"," +
            "\"retention\":{\"mode\":\"Compliance\",\"until\":\"2026-05-04T03:02:01.5+00:00\"}}" },
        { "ObjectLegalHoldSet", new ObjectLegalHoldSet(7, "k", "null", On: false),
            """{"bucketId":7,"key":"k","versionId":"null","on":false}""" },
        { "UploadStarted", new UploadStarted
            {
                UploadId = "u",
                BucketId = 7,
                Key = "k",
                Initiator = "owner",
                Metadata = new ObjectMetadata { StorageClass = "STANDARD_IA" },
                ChecksumAlgorithm = "CRC32",
                ChecksumType = "COMPOSITE",
            },
            "{\"uploadId\":\"u\",\"bucketId\":7,\"key\":\"k\",\"initiator\":\"owner\"," +
            "\"metadata\":{\"storageClass\":\"STANDARD_IA\"}," +
            "\"checksumAlgorithm\":\"CRC32\",\"checksumType\":\"COMPOSITE\"}" },
        { "PartUploaded", new PartUploaded("u", 2, new PartContent
            {
                Size = 1,
                ETag = "e",
                Extents = [new Extent(Blob, 3, 1)],
            }),
            "{\"uploadId\":\"u\",\"partNumber\":2,\"content\":{\"size\":1,\"eTag\":\"e\",\"extents\":[" +
            $"{{\"blob\":\"{BlobHex}\",\"offset\":3,\"length\":1}}]}}}}" },
        { "UploadCompleted", new UploadCompleted("u", "e-2"), """{"uploadId":"u","eTag":"e-2"}""" },
        { "UploadAborted", new UploadAborted("u"), """{"uploadId":"u"}""" },
        { "UserAdded", new UserAdded("id", "alice", "Alice", null),
            """{"userId":"id","name":"alice","displayName":"Alice"}""" },
        { "UserRemoved", new UserRemoved("id", "alice"), """{"userId":"id","name":"alice"}""" },
        { "AccessKeyCreated", new AccessKeyCreated("K", "id", [1, 2, 3]),
            """{"accessKey":"K","userId":"id","sealedSecret":"AQID"}""" },
        { "AccessKeyDeactivated", new AccessKeyDeactivated("K", "id"), """{"accessKey":"K","userId":"id"}""" },
        { "AccessKeyActivated", new AccessKeyActivated("K", "id"), """{"accessKey":"K","userId":"id"}""" },
        { "AccessKeyDeleted", new AccessKeyDeleted("K", "id"), """{"accessKey":"K","userId":"id"}""" },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void Version_1_is_written_in_these_bytes_and_read_from_them(string name, IEvent @event, string json)
    {
        EventTypes.All.NameOf(@event).ShouldBe((name, 1));
        var payload = EventTypes.All.Serialize(@event);
        Encoding.UTF8.GetString(payload).ShouldBe(json);
        EventTypes.All.Serialize(EventTypes.All.Deserialize(name, 1, payload)).ShouldBe(payload);
    }

    [Fact]
    public void An_old_version_is_brought_forward_step_by_step()
    {
        var types = new EventTypes(new Dictionary<(string, int), Upcaster>
        {
            [("BucketDeleted", 1)] = payload => Replace(payload, "\"title\"", "\"label\""),
            [("BucketDeleted", 2)] = payload => Replace(payload, "\"label\"", "\"name\""),
        });
        types.NameOf(new BucketDeleted(1, "a")).ShouldBe(("BucketDeleted", 3));
        types.Deserialize("BucketDeleted", 1, """{"bucketId":7,"title":"photos"}"""u8.ToArray())
            .ShouldBe(new BucketDeleted(7, "photos"));
        types.Deserialize("BucketDeleted", 2, """{"bucketId":7,"label":"photos"}"""u8.ToArray())
            .ShouldBe(new BucketDeleted(7, "photos"));
    }

    [Fact]
    public void What_a_newer_store_wrote_is_refused()
    {
        Should.Throw<InvalidDataException>(() => EventTypes.All.Deserialize("BucketDeleted", 2, "{}"u8.ToArray()));
        Should.Throw<InvalidDataException>(() => EventTypes.All.Deserialize("MoonLanded", 1, "{}"u8.ToArray()));
    }

    private static byte[] Replace(byte[] payload, string from, string to) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(payload).Replace(from, to, StringComparison.Ordinal));
}
