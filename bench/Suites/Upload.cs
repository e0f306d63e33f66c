using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CasStore.Bench.Load;
using CasStore.Bench.Targets;

namespace CasStore.Bench.Suites;

/// <summary>One multipart upload: its parts and its completion are made ready before they are sent.</summary>
internal sealed class Upload
{
    private readonly Target _target;
    private readonly string _query;
    private readonly string _path;
    private readonly byte[] _completion;

    private Upload(Target target, string path, string query, PreparedRequest[] parts, byte[] completion)
    {
        (_target, _path, _query, _completion) = (target, path, query, completion);
        Parts = parts;
    }

    public PreparedRequest[] Parts { get; }

    /// <summary>Begins the upload of an object with a number.</summary>
    public static async Task<(Upload Upload, TimeSpan Took)> BeginAsync(
        Target target, Session session, string prefix, int number, int parts, CancellationToken cancel)
    {
        var path = session.Plan.PathOf(prefix, number);
        var start = TimeProvider.System.GetTimestamp();
        var answer = Encoding.UTF8.GetString(await target.SendAsync("POST", path + "?uploads", default, cancel));
        var took = TimeProvider.System.GetElapsedTime(start);
        var query = $"uploadId={Uri.EscapeDataString(UploadId(answer))}";
        long Content(int part) => (long)number * parts + part;
        var puts = RequestPlan.Many(parts, part => session.Plan.PutTo(
            string.Create(CultureInfo.InvariantCulture, $"{path}?partNumber={part + 1}&{query}"), Content(part)));
        var completion = new StringBuilder("<CompleteMultipartUpload>");
        for (var part = 0; part < parts; part++)
        {
            var tag = session.Content.Digest(HashAlgorithmName.MD5, Content(part));
            completion.Append(CultureInfo.InvariantCulture,
                $"<Part><PartNumber>{part + 1}</PartNumber><ETag>\"{tag}\"</ETag></Part>");
        }
        completion.Append("</CompleteMultipartUpload>");
        var upload = new Upload(target, path, query, puts, Encoding.ASCII.GetBytes(completion.ToString()));
        return (upload, took);
    }

    public async Task<TimeSpan> CompleteAsync(CancellationToken cancel)
    {
        var start = TimeProvider.System.GetTimestamp();
        var answer = await _target.SendAsync("POST", $"{_path}?{_query}", _completion, cancel);
        var took = TimeProvider.System.GetElapsedTime(start);
        // A failure may come after status 200, as the answer's head can be sent before the object is made.
        return answer.AsSpan().IndexOf("<Error"u8) < 0
            ? took
            : throw new BenchmarkException($"{_target.Name}: {Encoding.UTF8.GetString(answer)}");
    }

    private static string UploadId(string answer)
    {
        const string Begin = "<UploadId>";
        var from = answer.IndexOf(Begin, StringComparison.Ordinal);
        var to = answer.IndexOf("</UploadId>", StringComparison.Ordinal);
        return from >= 0 && to > from
            ? answer[(from + Begin.Length)..to]
            : throw new BenchmarkException($"An upload has no id: {answer}");
    }
}
