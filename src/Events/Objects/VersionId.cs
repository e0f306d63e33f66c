using System.Globalization;

namespace CasStore.Events.Objects;

/// <summary>
/// Version ids: the position of the event that made the version, so that ids need no index of their own and order a
/// key's versions in time. Opaque to clients.
/// </summary>
public static class VersionId
{
    /// <summary>The version that is made where versioning is not enabled.</summary>
    public const string Null = "null";

    private const int Digits = 16;

    /// <summary>The id of the version that the event at a position makes.</summary>
    public static string Of(long position) => position.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Whether it could be an id: the null version's, or a position.</summary>
    public static bool IsValid(string versionId) => versionId == Null || TryParse(versionId, out _);

    /// <summary>The position in an id; 0, which is no position, for the null version.</summary>
    /// <exception cref="FormatException">It is no id.</exception>
    public static long Position(string versionId)
    {
        if (versionId == Null)
            return 0;
        return TryParse(versionId, out var position) ? position : throw new FormatException("It is no version id.");
    }

    private static bool TryParse(string versionId, out long position)
    {
        position = 0;
        return versionId.Length == Digits && !versionId.Any(char.IsAsciiLetterUpper)
            && long.TryParse(versionId, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out position)
            && position > 0;
    }
}
