using System.Globalization;
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
        var number = Number(partNumber);
        if (content.Parts is null)
            return number == 1 ? new ByteRange(0, content.Size) : throw new S3Exception(S3Errors.InvalidPartNumber);
        if (number > content.Parts.Count)
        {
            throw new S3Exception(S3Errors.InvalidPartNumber, null,
                ("ActualPartCount", content.Parts.Count.ToString(CultureInfo.InvariantCulture)));
        }
        // Parts count from 1 without gaps here, whatever numbers they were uploaded under.
        return new ByteRange(content.Parts.Take(number - 1).Sum(part => part.Size), content.Parts[number - 1].Size);
    }

    /// <summary>The checksum of one part of an object that was put in parts; null when the store has none.</summary>
    public static ObjectChecksum? Checksum(ObjectContent content, string partNumber) =>
        content.Parts![Number(partNumber) - 1].Checksum is { } value && content.Checksum is { } whole
            ? whole with { Value = value }
            : null;

    private static int Number(string partNumber)
    {
        if (!int.TryParse(partNumber, NumberStyles.None,
            CultureInfo.InvariantCulture, out var number) || number is < 1 or > 10_000)
        {
            throw new S3Exception(S3Errors.InvalidArgument,
                "Part number must be an integer between 1 and 10000, inclusive",
                ("ArgumentName", "partNumber"), ("ArgumentValue", partNumber));
        }
        return number;
    }
}
