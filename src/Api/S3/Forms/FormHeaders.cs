using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Operations.Tags;
using CasStore.Api.S3.Xml;

namespace CasStore.Api.S3.Forms;

/// <summary>
/// A form stands for a PutObject whose headers are its fields, so that whatever a header does a field does too.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html</remarks>
public static class FormHeaders
{
    private const string Prefix = "x-amz-";
    private const string ExpectedOwner = "x-amz-expected-bucket-owner";

    private static readonly string[] Plain =
    [
        "cache-control", "content-disposition", "content-encoding", "content-language", "content-md5", "content-type",
        "expires",
    ];

    /// <summary>Fields about the form itself.</summary>
    private static readonly string[] Proof = ["x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-signature"];

    /// <summary>Puts the fields in the place of the headers, which are about the form.</summary>
    /// <exception cref="S3Exception">InvalidArgument, MalformedXML or InvalidTag.</exception>
    public static void Apply(PostForm form, IHeaderDictionary headers)
    {
        foreach (var name in headers.Keys.Where(name => IsAboutObject(name.ToLowerInvariant())).ToList())
            headers.Remove(name);
        foreach (var (name, value) in form.Fields)
        {
            if (IsAboutObject(name) && !Proof.Contains(name))
                headers[name] = Text(name, value);
        }
        if (form["acl"] is { } acl)
            headers["x-amz-acl"] = Text("acl", acl);
        if (form["tagging"] is { } tagging)
            headers["x-amz-tagging"] = TagHeader(tagging);
    }

    private static bool IsAboutObject(string name) => Plain.Contains(name)
        || (name.StartsWith(Prefix, StringComparison.Ordinal) && name != ExpectedOwner);

    private static string TagHeader(string document)
    {
        var tagging = XmlNode.Parse(System.Text.Encoding.UTF8.GetBytes(document), "Tagging", TagSet.MaxElements);
        return string.Join('&', TagSet.Parse(tagging, TagRules.Object)
            .Select(tag => $"{Uri.EscapeDataString(tag.Key)}={Uri.EscapeDataString(tag.Value)}"));
    }

    /// <summary>A value that a header can have: it comes back in one.</summary>
    private static string Text(string name, string value) => !value.Any(char.IsControl)
        ? value
        : throw new S3Exception(S3Errors.InvalidArgument, null, ("ArgumentName", name), ("ArgumentValue", value));
}
