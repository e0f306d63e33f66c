using System.Text;
using CasStore.Api.S3.Errors;
using CasStore.BlobCas;

namespace CasStore.Api.S3.Bodies;

/// <summary>Reads what follows the last chunk: the announced checksum and, when chunks are signed, a signature.</summary>
internal static class ChunkTrailer
{
    private const int MaxLineLength = 256;

    /// <summary>Reads and verifies the trailer; returns the checksum's value, or null when none was announced.</summary>
    public static async ValueTask<string?> ReadAsync(
        BodyPipe pipe, ChecksumAlgorithm? announced, ChunkSignatures? signatures, CancellationToken cancel)
    {
        var line = new byte[MaxLineLength];
        string? value = null;
        string? signature = null;
        var separated = false;
        while (true)
        {
            var length = await pipe.ReadLineAsync(line, bareLineFeed: true, cancel);
            if (length == 0)
            {
                // Some clients end the trailer with an empty line and send its signature after that.
                if (signatures is null || signature is not null || separated)
                    break;
                separated = true;
                continue;
            }

            var (name, text) = Split(line.AsSpan(0, length));
            if (signatures is not null && signature is null && IsName(name, "x-amz-trailer-signature"))
                signature = text;
            else if (value is null && signature is null && announced is { } algorithm && IsName(name, algorithm.Header()))
                value = text;
            else
                throw Malformed();
        }

        if (announced is not null && value is null)
            throw Malformed();
        signatures?.VerifyTrailer(Canonical(announced, value), signature ?? throw Malformed());
        if (announced is { } checksum)
            DeclaredChecksum.RequireForm(checksum, value!, "trailing header");
        return value;
    }

    private static (string Name, string Value) Split(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        return colon < 0
            ? throw Malformed()
            : (Encoding.ASCII.GetString(line[..colon]).Trim(), Encoding.ASCII.GetString(line[(colon + 1)..]).Trim());
    }

    private static bool IsName(string name, string expected) =>
        name.Equals(expected, StringComparison.OrdinalIgnoreCase);

    private static byte[] Canonical(ChecksumAlgorithm? announced, string? value) =>
        announced is { } algorithm ? Encoding.ASCII.GetBytes($"{algorithm.Header()}:{value}\n") : [];

    private static S3Exception Malformed() => new(S3Errors.MalformedTrailerError);
}
