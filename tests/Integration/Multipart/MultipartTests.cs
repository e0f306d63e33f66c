using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Multipart;

/// <summary>The steps of a multipart upload over raw requests.</summary>
public abstract class MultipartTests : StoreTests
{
    internal const int MinimumPart = 5 * 1024 * 1024;

    internal static string PartList(params (int Number, string ETag)[] parts) =>
        "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" + string.Concat(parts.Select(p =>
            $"<Part><PartNumber>{p.Number}</PartNumber><ETag>{p.ETag}</ETag></Part>")) + "</CompleteMultipartUpload>";

    internal async Task<string> StartAsync(string target, params (string, string)[] headers)
    {
        var answer = (await Raw.SendAsync("POST", $"{target}?uploads", "", headers)).ShouldBe(200);
        return answer.Element("UploadId")!;
    }

    internal Task<RawResponse> PutPartAsync(string target, string upload, int number, byte[] bytes) =>
        Raw.SendAsync(new RawRequest("PUT", PartTarget(target, upload, number)) { Body = bytes });

    internal async Task<string> PartAsync(string target, string upload, int number, byte[] bytes) =>
        (await PutPartAsync(target, upload, number, bytes)).ShouldBe(200).Header("ETag")!;

    internal Task<RawResponse> CompleteAsync(string target, string upload, params (int Number, string ETag)[] parts) =>
        Raw.SendAsync("POST", $"{target}?uploadId={SignatureV4.Encode(upload)}", PartList(parts));

    internal Task<RawResponse> AbortAsync(string target, string upload) =>
        Raw.SendAsync("DELETE", $"{target}?uploadId={SignatureV4.Encode(upload)}");

    internal static string PartTarget(string target, string upload, int number) =>
        $"{target}?partNumber={number}&uploadId={SignatureV4.Encode(upload)}";
}
