using System.Globalization;

namespace CasStore.Bench.Output;

/// <summary>Sizes as people write them: 4096, 4KiB, 250MB.</summary>
internal static class ObjectSize
{
    private static readonly (string Unit, long Bytes)[] s_units =
    [
        ("GiB", 1L << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000),
        ("", 1),
    ];

    public static long? TryParse(string text)
    {
        var (unit, bytes) = s_units.First(u => text.EndsWith(u.Unit, StringComparison.OrdinalIgnoreCase));
        var number = text.AsSpan(0, text.Length - unit.Length).Trim();
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count <= long.MaxValue / bytes
            ? count * bytes
            : null;
    }

    public static string Text(long bytes)
    {
        var (unit, one) = s_units.First(u => bytes >= u.Bytes && bytes % u.Bytes == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / one} {(unit.Length > 0 ? unit : "B")}");
    }
}
