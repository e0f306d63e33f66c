using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Model;

/// <summary>One step of a sequence: a description for people, and what to do to either store.</summary>
internal sealed record ModelCommand(string Description, Func<IStoreModel, Task<string>> ApplyAsync);

/// <summary>Draws commands: few buckets and keys, so that they meet; keys of every odd kind.</summary>
internal sealed class RandomCommands(int seed, IReadOnlyList<string> buckets)
{
    private const int LargePart = 5 * 1024 * 1024;

    // No key begins with a slash: the SDK signs such a path and then sends another.
    private static readonly string[] Keys =
    [
        "a", "a/b", "a/b/c", "a//b", "a b", "a+b", "a%20b", "b", "b/", "B", "..", "../x", "./y", ".hidden",
        "ünï/çødé", "e\u0301", "é", "日本/語", "😀", "100%", "q?x=1&y", "#frag", "x:y;z,w",
        "~tilde", "back\\slash", "'quote\"",
    ];

    private static readonly string[] Prefixes = ["", "", "a", "a/", "b", "ünï/", "日", "😀", ".", "zzz", "a//"];
    private readonly Random _random = new(seed);
    private int _uploads;

    private string Bucket => buckets[_random.Next(buckets.Count)];

    private string Key => Keys[_random.Next(Keys.Length)];

    public ModelCommand Next(ReferenceStore state) => _random.Next(100) switch
    {
        < 4 => CreateBucket(),
        < 6 => DeleteBucket(),
        < 30 => Put(),
        < 36 => ConditionalPut(),
        < 46 => Get(),
        < 51 => Head(),
        < 58 => Delete(),
        < 61 => DeleteMany(),
        < 68 => Copy(),
        < 82 => List(),
        < 87 => StartUpload(),
        _ when _uploads == 0 => StartUpload(),
        < 94 => UploadPart(),
        < 97 => CompleteUpload(state),
        < 98 => AbortUpload(),
        _ => ListParts(),
    };

    private ModelCommand CreateBucket()
    {
        var bucket = Bucket;
        return new($"create bucket {bucket}", s => s.CreateBucketAsync(bucket));
    }

    private ModelCommand DeleteBucket()
    {
        var bucket = Bucket;
        return new($"delete bucket {bucket}", s => s.DeleteBucketAsync(bucket));
    }

    private ModelCommand Put()
    {
        var (bucket, key, content, note) = (Bucket, Key, Content(), Note());
        return new($"put {bucket}/{key} {content.Length} '{note}'",
            s => s.PutAsync(bucket, key, content, note, condition: null));
    }

    private ModelCommand ConditionalPut()
    {
        var (bucket, key, content) = (Bucket, Key, Content());
        var condition = _random.Next(2) == 0 ? "if-none-match" : TestData.Md5(Content());
        return new($"put {bucket}/{key} {content.Length} {condition}",
            s => s.PutAsync(bucket, key, content, "", condition));
    }

    private ModelCommand Get()
    {
        var (bucket, key) = (Bucket, Key);
        if (_random.Next(2) == 0)
            return new($"get {bucket}/{key}", s => s.GetAsync(bucket, key, null, null));
        long from = _random.Next(3000), to = from + _random.Next(3000);
        return new($"get {bucket}/{key} {from}-{to}", s => s.GetAsync(bucket, key, from, to));
    }

    private ModelCommand Head()
    {
        var (bucket, key) = (Bucket, Key);
        return new($"head {bucket}/{key}", s => s.HeadAsync(bucket, key));
    }

    private ModelCommand Delete()
    {
        var (bucket, key) = (Bucket, Key);
        return new($"delete {bucket}/{key}", s => s.DeleteAsync(bucket, key));
    }

    private ModelCommand DeleteMany()
    {
        var bucket = Bucket;
        var keys = Enumerable.Range(0, _random.Next(1, 6)).Select(_ => Key).ToList();
        return new($"delete {bucket}: {string.Join(' ', keys)}", s => s.DeleteManyAsync(bucket, keys));
    }

    private ModelCommand Copy()
    {
        var (bucket, key, toBucket, toKey) = (Bucket, Key, Bucket, Key);
        return new($"copy {bucket}/{key} to {toBucket}/{toKey}", s => s.CopyAsync(bucket, key, toBucket, toKey));
    }

    private ModelCommand List()
    {
        var (bucket, version, pageSize) = (Bucket, _random.Next(1, 3), _random.Next(1, 12));
        var prefix = Prefixes[_random.Next(Prefixes.Length)];
        var delimiter = _random.Next(3) switch { 0 => "/", 1 => "b", _ => null };
        // What a start inside a common prefix means is not written down by S3.
        var after = delimiter is null && _random.Next(3) == 0 ? Key : null;
        return new($"list{version} {bucket} prefix '{prefix}' delimiter '{delimiter}' after '{after}' by {pageSize}",
            s => s.ListAsync(version, bucket, prefix, delimiter, after, pageSize));
    }

    private ModelCommand StartUpload()
    {
        var (bucket, key, handle) = (buckets[0], Key, _uploads++);
        return new($"start upload {handle} {bucket}/{key}", s => s.StartUploadAsync(handle, bucket, key));
    }

    private ModelCommand UploadPart()
    {
        var (handle, number) = (Upload(), _random.Next(1, 4));
        var content = _random.Next(8) == 0 ? TestData.Bytes(LargePart, _random.Next(3)) : Content();
        return new($"upload {handle} part {number} {content.Length}", s => s.UploadPartAsync(handle, number, content));
    }

    private ModelCommand CompleteUpload(ReferenceStore state)
    {
        var handle = Upload();
        if (state.HasEnded(handle))
            return ListParts();
        var numbers = Enumerable.Range(1, 3).Where(_ => _random.Next(2) == 0).DefaultIfEmpty(1).ToList();
        return new($"complete {handle} of {string.Join(',', numbers)}", s => s.CompleteUploadAsync(handle, numbers));
    }

    private ModelCommand AbortUpload()
    {
        var handle = Upload();
        return new($"abort {handle}", s => s.AbortUploadAsync(handle));
    }

    private ModelCommand ListParts()
    {
        var handle = Upload();
        return new($"list parts of {handle}", s => s.ListPartsAsync(handle));
    }

    private int Upload() => _random.Next(_uploads);

    // Few different contents, so that some are stored once and used often.
    private byte[] Content() => TestData.Bytes(_random.Next(6) switch
    {
        0 => 0,
        1 => 1,
        2 => 70_000,
        _ => _random.Next(1, 20) * 200,
    }, seed: _random.Next(4));

    private string Note() => _random.Next(3) == 0 ? $"note {_random.Next(100)}" : "";
}
