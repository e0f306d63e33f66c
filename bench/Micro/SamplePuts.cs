using System.Globalization;
using CasStore.BlobCas.Hashing;
using CasStore.Events.Log;
using CasStore.Events.Objects;

namespace CasStore.Micro;

/// <summary>PUTs as the Api makes them of small objects.</summary>
internal static class SamplePuts
{
    public const long BucketId = 7;
    private const string Owner = "3f1e7c9a5b2d4860917f3e5d7c9a1b20";

    public static PutObject Put(int number)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"photos/2026/11/{number:D9}.jpg");
        var blob = Blake3.Hash(System.Text.Encoding.UTF8.GetBytes(key));
        return new PutObject(new ObjectCreated
        {
            BucketId = BucketId,
            Key = key,
            Owner = Owner,
            Content = new ObjectContent
            {
                Size = 4096,
                ETag = "9e107d9d372bb6826bd81d3542a419d6",
                Extents = [new Extent(blob, 0, 4096)],
                Checksum = new ObjectChecksum("CRC64NVME", "rosUhgp5mIg=", "FULL_OBJECT"),
            },
            Metadata = new ObjectMetadata { ContentType = "image/jpeg" },
        })
        {
            Context = new CommandContext(Guid.CreateVersion7(), Owner, "127.0.0.1"),
        };
    }

    public static RecordedEvent Recorded(int number)
    {
        var put = Put(number);
        return new RecordedEvent(
            number, StreamName.Object(BucketId, put.Object.Key), 1, Guid.CreateVersion7(), put.Context,
            DateTimeOffset.UnixEpoch.AddDays(20_000), put.Object);
    }
}
