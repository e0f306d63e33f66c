using System.Text;

namespace CasStore.Tests.Integration.Harness;

/// <summary>Tests on buckets with versions.</summary>
public abstract class VersionTests : StoreTests
{
    private protected const string Namespace = "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";

    /// <summary>An id that no version has.</summary>
    private protected const string UnknownVersion = "0fffffffffffffff";

    private protected static string Versioning(string status) =>
        $"<VersioningConfiguration {Namespace}><Status>{status}</Status></VersioningConfiguration>";

    private protected async Task<string> NewVersionedBucketAsync()
    {
        var bucket = await NewBucketAsync();
        await SetVersioningAsync(bucket, "Enabled");
        return bucket;
    }

    private protected async Task<string> NewLockedBucketAsync()
    {
        var bucket = UniqueName();
        (await Raw.PutAsync($"/{bucket}", "", ("x-amz-bucket-object-lock-enabled", "true"))).ShouldBe(200);
        return bucket;
    }

    private protected async Task SetVersioningAsync(string bucket, string status) =>
        (await Raw.PutAsync($"/{bucket}?versioning", Versioning(status))).ShouldBe(200);

    /// <summary>Puts an object and returns its version.</summary>
    private protected async Task<string> PutVersionAsync(
        string target, string text, params (string Name, string Value)[] headers) =>
        (await Raw.PutAsync(target, text, headers)).ShouldBe(200).Header("x-amz-version-id") ?? "null";

    private protected Task<RawResponse> DeleteAsync(
        string target, string? version = null, params (string Name, string Value)[] headers) =>
        Raw.SendAsync("DELETE", version is null ? target : $"{target}?versionId={version}", "", headers);

    /// <summary>Deletes an object, which leaves a delete marker, and returns the marker's version.</summary>
    private protected async Task<string> MarkAsync(string target) =>
        (await DeleteAsync(target)).ShouldBe(204).Header("x-amz-version-id")!;

    /// <summary>A POST of a Delete document of these Object elements.</summary>
    private protected Task<RawResponse> DeleteManyAsync(
        string bucket, string objects, params (string Name, string Value)[] headers)
    {
        var body = $"<Delete {Namespace}>{objects}</Delete>";
        return Raw.SendAsync("POST", $"/{bucket}?delete", body,
            [("Content-MD5", TestData.Md5Base64(Encoding.UTF8.GetBytes(body))), .. headers]);
    }

    /// <summary>
    /// A bucket's versions as it lists them: <c>key@version</c>, with a star when it is the latest and a dagger when it
    /// is a delete marker.
    /// </summary>
    private protected async Task<IReadOnlyList<string>> VersionsAsync(string bucket, string query = "") =>
        Entries((await Raw.GetAsync($"/{bucket}?versions{query}")).ShouldBe(200));

    private protected static IReadOnlyList<string> Entries(RawResponse listing) => listing.Xml.Elements()
        .Where(e => e.Name.LocalName is "Version" or "DeleteMarker")
        .Select(e =>
        {
            string Text(string name) => e.Elements().Single(child => child.Name.LocalName == name).Value;
            return $"{Text("Key")}@{Text("VersionId")}{(Text("IsLatest") == "true" ? "*" : "")}" +
                (e.Name.LocalName == "DeleteMarker" ? "†" : "");
        })
        .ToList();

    private protected static (string, string) Md5(string text) =>
        ("Content-MD5", TestData.Md5Base64(Encoding.UTF8.GetBytes(text)));

    private protected static string Date(DateTime moment) =>
        moment.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
