using System.Globalization;

namespace CasStore.BlobCas.Packs;

/// <summary>Where the files of packs are: <c>blobs/packs/NNNNN.pack</c>, its index and its list of the dead.</summary>
internal sealed class PackLayout
{
    public const string PackSuffix = ".pack";
    public const string IndexSuffix = ".index";
    public const string DeadSuffix = ".dead";

    public PackLayout(string blobs)
    {
        Root = Path.Combine(blobs, "packs");
        Free = Path.Combine(Root, "free");
    }

    public string Root { get; }

    /// <summary>Files of segments that hold nothing any more, to be used again.</summary>
    public string Free { get; }

    public string PackOf(ushort slot) => PathOf(slot, PackSuffix);

    public string IndexOf(ushort slot) => PathOf(slot, IndexSuffix);

    public string DeadOf(ushort slot) => PathOf(slot, DeadSuffix);

    /// <summary>Slots with a segment, ascending; foreign names are passed over.</summary>
    public IReadOnlyList<ushort> Slots() =>
    [
        .. Directory.EnumerateFiles(Root, "*" + PackSuffix)
            .Select(path => SlotOf(path) is { } slot && PackOf(slot) == path ? slot : (ushort?)null)
            .OfType<ushort>()
            .Order(),
    ];

    public static ushort? SlotOf(string path) => ushort.TryParse(
        Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var slot)
        ? slot
        : null;

    private string PathOf(ushort slot, string suffix) =>
        Path.Combine(Root, slot.ToString("d5", CultureInfo.InvariantCulture) + suffix);
}
