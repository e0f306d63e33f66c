using System.Security.Cryptography;
using System.Text;

namespace CasStore.Tests.Integration.Harness;

/// <summary>A browser's form that uploads a file, with its policy signed.</summary>
internal sealed class FormPost
{
    public const string Boundary = "----WebKitFormBoundaryCasStore";

    private readonly List<(string Name, string Value)> _fields = [];
    private readonly List<string> _conditions = [];

    /// <summary>Name and content of the file.</summary>
    public (string Name, string Content) File { get; init; } = ("file.txt", "content");

    /// <summary>When the policy ends.</summary>
    public string Expiration { get; init; } = "2100-01-01T00:00:00.000Z";

    /// <summary>Adds a field, with a condition that it is so unless told another.</summary>
    public FormPost Field(string name, string value, string? condition = null)
    {
        _fields.Add((name, value));
        _conditions.Add(condition ?? $$"""{"{{name}}": "{{value}}"}""");
        return this;
    }

    /// <summary>Adds a field that the policy says nothing about.</summary>
    public FormPost Unmentioned(string name, string value)
    {
        _fields.Add((name, value));
        return this;
    }

    public FormPost Condition(string condition)
    {
        _conditions.Add(condition);
        return this;
    }

    /// <summary>Signs with Signature Version 4.</summary>
    public FormPost SignV4(Credentials who, DateTime? at = null)
    {
        var now = at ?? DateTime.UtcNow;
        Field("x-amz-algorithm", "AWS4-HMAC-SHA256");
        Field("x-amz-credential", $"{who.AccessKey}/{now:yyyyMMdd}/{ServerProcess.Region}/s3/aws4_request");
        Field("x-amz-date", SignatureV4.Timestamp(now));
        var key = Encoding.UTF8.GetBytes($"AWS4{who.SecretKey}");
        foreach (var part in new[] { $"{now:yyyyMMdd}", ServerProcess.Region, "s3", "aws4_request" })
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        var policy = Policy();
        return Unmentioned("policy", policy).Unmentioned("x-amz-signature",
            Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(policy))));
    }

    /// <summary>Signs with Signature Version 2.</summary>
    public FormPost SignV2(Credentials who)
    {
        var policy = Policy();
        var mac = HMACSHA1.HashData(Encoding.UTF8.GetBytes(who.SecretKey), Encoding.UTF8.GetBytes(policy));
        return Unmentioned("AWSAccessKeyId", who.AccessKey).Unmentioned("policy", policy)
            .Unmentioned("signature", Convert.ToBase64String(mac));
    }

    /// <summary>The request.</summary>
    public RawRequest To(string bucket)
    {
        var body = new StringBuilder();
        foreach (var (name, value) in _fields)
            body.Append($"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.Append($"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{File.Name}\"\r\n" +
            $"Content-Type: application/x-of-the-part\r\n\r\n{File.Content}\r\n--{Boundary}--\r\n");
        return new RawRequest("POST", $"/{bucket}")
        {
            Who = null,
            Text = body.ToString(),
            Headers = new Dictionary<string, string> { ["Content-Type"] = $"multipart/form-data; boundary={Boundary}" },
        };
    }

    private string Policy() => Convert.ToBase64String(Encoding.UTF8.GetBytes(
        $$"""{"expiration": "{{Expiration}}", "conditions": [{{string.Join(',', _conditions)}}]}"""));
}
