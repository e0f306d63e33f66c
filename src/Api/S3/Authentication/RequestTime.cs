using System.Globalization;
using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Authentication;

/// <summary>The time at which a request with an Authorization header was signed.</summary>
internal static class RequestTime
{
    /// <summary>Reads x-amz-date or else Date, which must agree with the server's clock.</summary>
    /// <param name="request">The request.</param>
    /// <param name="httpAmzDate">Whether x-amz-date may be an HTTP date.</param>
    /// <exception cref="S3Exception">AccessDenied: there is no valid date. RequestTimeTooSkewed.</exception>
    public static DateTimeOffset Read(SignedRequest request, bool httpAmzDate)
    {
        var amzDate = request.Headers["x-amz-date"];
        var text = amzDate.Count > 0 ? amzDate.ToString() : request.Headers.Date.ToString();
        var valid = amzDate.Count > 0 && !httpAmzDate
            ? AmzDate.TryParse(text, out var time)
            : AmzDate.TryParseHttp(text, out time);
        if (!valid)
        {
            throw new S3Exception(S3Errors.AccessDenied,
                "AWS authentication requires a valid Date or x-amz-date header");
        }

        if ((request.Now - time).Duration() > ClaimParser.MaxSkew)
        {
            throw new S3Exception(S3Errors.RequestTimeTooSkewed, null,
                ("RequestTime", text),
                ("ServerTime", AmzDate.Extended(request.Now)),
                ("MaxAllowedSkewMilliseconds",
                    ClaimParser.MaxSkew.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)));
        }

        return time;
    }
}
