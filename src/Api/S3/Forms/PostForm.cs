using System.Buffers;
using System.Globalization;
using System.Text;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Routing;
using Microsoft.Net.Http.Headers;

namespace CasStore.Api.S3.Forms;

/// <summary>
/// A browser's form: its fields up to the file, which is read as it comes. What follows the file does not count.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-UsingHTTPPOST.html</remarks>
public sealed class PostForm
{
    /// <summary>Most bytes of fields before the file.</summary>
    private const int MaxFields = 20 * 1024;

    private const string FileNameVariable = "${filename}";

    private readonly Dictionary<string, string> _fields;

    private PostForm(Dictionary<string, string> fields, FormFileStream file) => (_fields, File) = (fields, file);

    /// <summary>Names, in lower case, and values of the fields before the file.</summary>
    public IReadOnlyDictionary<string, string> Fields => _fields;

    /// <summary>The file.</summary>
    public FormFileStream File { get; }

    /// <summary>The key of the object to be made.</summary>
    /// <exception cref="S3Exception">InvalidArgument or KeyTooLongError.</exception>
    public string Key
    {
        get
        {
            var key = Require("key");
            if (key.Length == 0)
                throw new S3Exception(S3Errors.InvalidArgument, "User key must have a length greater than 0.",
                    ("ArgumentName", "key"), ("ArgumentValue", ""));
            if (key.Contains('\0', StringComparison.Ordinal))
                throw new S3Exception(S3Errors.InvalidUri);
            if (Encoding.UTF8.GetByteCount(key) is > RequestTarget.MaxKeyBytes and var size)
            {
                throw new S3Exception(S3Errors.KeyTooLongError, null,
                    ("Size", size.ToString(CultureInfo.InvariantCulture)), ("MaxSizeAllowed", "1024"));
            }
            return key;
        }
    }

    /// <summary>Value of a field, or null.</summary>
    public string? this[string name] => _fields.GetValueOrDefault(name);

    /// <summary>Value of a field that must be there.</summary>
    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public string Require(string name) => this[name] ?? throw new S3Exception(S3Errors.InvalidArgument,
        $"Bucket POST must contain a field named '{name}'.  If it is specified, please check the order of the fields.",
        ("ArgumentName", name), ("ArgumentValue", ""));

    /// <summary>Reads the fields of a request up to its file.</summary>
    /// <exception cref="S3Exception">The request has no form, or a malformed one.</exception>
    public static Task<PostForm> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            throw new S3Exception(S3Errors.PreconditionFailed, null,
                ("Condition", "Bucket POST must be of the enclosure-type multipart/form-data"));
        }
        if (request.ContentLength is null)
            throw new S3Exception(S3Errors.MissingContentLength);
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        var reader = new MultipartReader(request.Body, boundary);
        request.HttpContext.Response.RegisterForDispose(reader);
        return ReadAsync(reader, cancel);
    }

    internal static async Task<PostForm> ReadAsync(MultipartReader reader, CancellationToken cancel)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var room = MaxFields;
        while (await reader.NextAsync(cancel) is { } part)
        {
            var name = part.Name.ToLowerInvariant();
            if (name == "file")
            {
                foreach (var (field, value) in fields)
                    fields[field] = value.Replace(FileNameVariable, part.FileName, StringComparison.Ordinal);
                return new PostForm(fields, new FormFileStream(reader));
            }
            room -= part.Length;
            var bytes = await ReadFieldAsync(reader, room, cancel);
            room -= bytes.Length;
            if (!fields.TryAdd(name, PartHeader.DecodeText(bytes)))
            {
                throw new S3Exception(S3Errors.InvalidArgument, $"The form has several fields named '{name}'.",
                    ("ArgumentName", name), ("ArgumentValue", ""));
            }
        }
        throw new S3Exception(S3Errors.InvalidArgument, "POST requires exactly one file upload per request.",
            ("ArgumentName", "file"), ("ArgumentValue", "0"));
    }

    private static async Task<byte[]> ReadFieldAsync(MultipartReader reader, int room, CancellationToken cancel)
    {
        if (room < 0)
            throw new S3Exception(S3Errors.MaxPostPreDataLengthExceeded);
        var value = new ArrayBufferWriter<byte>();
        while (await reader.ReadAsync(value.GetMemory(256), cancel) is > 0 and var read)
        {
            value.Advance(read);
            if (value.WrittenCount > room)
                throw new S3Exception(S3Errors.MaxPostPreDataLengthExceeded);
        }
        return value.WrittenSpan.ToArray();
    }
}
