using CasStore.Api.S3.Authentication;
using CasStore.Api.S3.Errors;
using Microsoft.AspNetCore.Http;

namespace CasStore.Tests.Unit.Authentication;

/// <summary>The examples of https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html</summary>
public class SignatureV2ExampleTests
{
    private const string Bucket = "johnsmith";

    [Fact]
    public void Object_get() => Verify("bWq2s1WEIj+Ydj0vQ697zp+IXMU=",
        Request("GET", "/photos/puppy.jpg", "", Bucket, ("Date", "Tue, 27 Mar 2007 19:36:42 +0000")));

    [Fact]
    public void Object_put() => Verify("MyyxeRY7whkBe+bq8fHCL/2kKUg=",
        Request("PUT", "/photos/puppy.jpg", "", Bucket,
            ("Content-Type", "image/jpeg"), ("Content-Length", "94328"), ("Date", "Tue, 27 Mar 2007 21:15:45 +0000")));

    [Fact]
    public void List() => Verify("htDYFYduRNen8P9ZfE/s9SuKy0U=",
        Request("GET", "/", "prefix=photos&max-keys=50&marker=puppy", Bucket,
            ("User-Agent", "Mozilla/5.0"), ("Date", "Tue, 27 Mar 2007 19:42:41 +0000")));

    [Fact]
    public void Fetch() => Verify("c2WLPFtWHVgbEmeEG93a4cG37dM=",
        Request("GET", "/", "acl", Bucket, ("Date", "Tue, 27 Mar 2007 19:44:46 +0000")));

    [Fact]
    public void Delete() => Verify("lx3byBScXR6KzyMaifNkardMwNk=",
        Request("DELETE", "/johnsmith/photos/puppy.jpg", "", null, ("Date", "Tue, 27 Mar 2007 21:20:26 +0000")));

    [Fact]
    public void Delete_with_an_amz_date_that_takes_the_place_of_the_date() => Verify("R4dJ53KECjStyBO5iTBJZ4XVOaI=",
        Request("DELETE", "/johnsmith/photos/puppy.jpg", "", null,
            ("Date", "Tue, 27 Mar 2007 21:20:27 +0000"), ("x-amz-date", "Tue, 27 Mar 2007 21:20:26 +0000")));

    [Fact]
    public void Upload()
    {
        var request = Request("PUT", "/db-backup.dat.gz", "", "static.johnsmith.net",
            ("Date", "Tue, 27 Mar 2007 21:06:08 +0000"),
            ("x-amz-acl", "public-read"),
            ("content-type", "application/x-download"),
            ("Content-MD5", "4gJE4saaMU4BqNR0kLY+lw=="),
            ("X-Amz-Meta-FileChecksum", "0x02661779"),
            ("X-Amz-Meta-ChecksumAlgorithm", "crc32"),
            ("Content-Disposition", "attachment; filename=database.dat"),
            ("Content-Encoding", "gzip"),
            ("Content-Length", "5913339"));
        request.Headers["X-Amz-Meta-ReviewedBy"] = new(["joe@johnsmith.net", "jane@johnsmith.net "]);
        Verify("ilyl83RwaSoYIEdixDQcA4OnAnc=", request);
    }

    [Fact]
    public void List_all_my_buckets() => Verify("qGdzdERIC03wnaRNKh6OqZehG9s=",
        Request("GET", "/", "", null, ("Date", "Wed, 28 Mar 2007 01:29:59 +0000")));

    [Fact]
    public void Unicode_keys() => Verify("DNEZGsoieTZ92F3bUfSPQcbGmlM=",
        Request("GET", "/dictionary/fran%C3%A7ais/pr%c3%a9f%c3%a8re", "", null,
            ("Date", "Wed, 28 Mar 2007 01:49:49 +0000")));

    [Fact]
    public void Query_string()
    {
        var request = Request("GET", "/photos/puppy.jpg",
            "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&" +
            "Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D&Expires=1175139620", Bucket);
        var claim = ClaimParser.Parse(request, RequestSigner.Region).ShouldBeOfType<Claim.SignedV2>();
        claim.ShouldBe(new Claim.SignedV2(
            RequestSigner.AccessKey, "NpgCjnDzrM+WFzoENXmpNDUsSn8=", "UNSIGNED-PAYLOAD", "1175139620"));
        SignatureVerifierV2.Verify(claim, request, RequestSigner.Secret);
    }

    private static SignedRequest Request(
        string method, string path, string query, string? bucket, params (string Name, string Value)[] headers)
    {
        var dictionary = new HeaderDictionary { ["Host"] = bucket ?? "s3.amazonaws.com" };
        foreach (var (name, value) in headers)
            dictionary[name] = value;
        var date = headers.LastOrDefault(h => h.Name.EndsWith("date", StringComparison.OrdinalIgnoreCase)).Value;
        var now = date is null
            ? DateTimeOffset.FromUnixTimeSeconds(1175139620)
            : DateTimeOffset.Parse(date, System.Globalization.CultureInfo.InvariantCulture);
        return new SignedRequest(method, path, query, dictionary, now, bucket);
    }

    private static void Verify(string signature, SignedRequest request)
    {
        request.Headers.Authorization = $"AWS {RequestSigner.AccessKey}:{signature}";
        var claim = ClaimParser.Parse(request, RequestSigner.Region).ShouldBeOfType<Claim.SignedV2>();
        claim.ShouldBe(new Claim.SignedV2(RequestSigner.AccessKey, signature, "UNSIGNED-PAYLOAD", Expires: null));
        SignatureVerifierV2.Verify(claim, request, RequestSigner.Secret);
        Should.Throw<S3Exception>(() => SignatureVerifierV2.Verify(claim, request, RequestSigner.Secret + "x"))
            .Error.ShouldBe(S3Errors.SignatureDoesNotMatch);
    }
}
