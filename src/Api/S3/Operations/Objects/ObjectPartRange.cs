using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Events.Objects;

namespace CasStore.Api.S3.Operations.Objects;

/// <summary>The bytes of one part of an object, as the partNumber parameter of GET and HEAD asks for them.</summary>
public static class ObjectPartRange
{
    /// <summary>The part's range; an object that was not put in parts has one, number 1.</summary>
    /// <exception cref="S3Exception">InvalidPartNumber, or InvalidArgument for no number from 1 to 10,000.</exception>
    public static ByteRange Find(ObjectContent content, string partNumber)
    {
        if (!int.TryParse(partNumber, System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture, out var number) || number is < 1 or > 10_000)
        {
            throw new S3Exception(S3Errors.InvalidArgument,
                "Part number must be an integer between 1 and 10000, inclusive",
                ("ArgumentName", "partNumber"), ("ArgumentValue", partNumber));
        }
        if (content.Parts is null)
            return number == 1 ? new ByteRange(0, content.Size) : throw new S3Exception(S3Errors.InvalidPartNumber);
        var offset = 0L;
        foreach (var part in content.Parts)
        {
            // Parts count from 1 without gaps here, whatever numbers they were uploaded under.
            if (--number == 0)
                return new ByteRange(offset, part.Size);
            offset += part.Size;
        }
        throw new S3Exception(S3Errors.InvalidPartNumber, null,
            ("ActualPartCount", content.Parts.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }
}
