using System.Buffers.Text;
using System.Text;
using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Operations;

/// <summary>Continuation tokens: opaque to clients, the last name of a page to us.</summary>
public static class Token
{
    public static string Encode(string last) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(last));

    /// <exception cref="S3Exception">InvalidArgument: not a token of ours.</exception>
    public static string Decode(string token)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(token.Length)];
        return Base64Url.IsValid(token) && Base64Url.TryDecodeFromChars(token, bytes, out var length)
            && !bytes.AsSpan(0, length).Contains((byte)0)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw new S3Exception(S3Errors.InvalidArgument, "The continuation token provided is incorrect",
                ("ArgumentName", "continuation-token"), ("ArgumentValue", token));
    }
}
