using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Clients;

/// <summary>A directory tree with names that break what is not careful, and its comparison with another.</summary>
internal static class AwkwardTree
{
    private static readonly string[] Names =
    [
        "plain", "with space", " leading space", "plus+sign", "per%cent", "per%20cent", "ünïcödé", "日本語", "😀",
        ".hidden", "..two", "semi;colon", "amp&ersand", "eq=ual", "at@sign", "comma,", "quote'single", "paren(1)",
        "bracket[2]", "brace{3}", "tilde~", "hash#", "question?", "star*", "dollar$", "excl!", "caret^", "pipe|",
        "UPPER", "dash-", "-leading-dash",
    ];

    private static readonly string[] Folders =
        ["", "deep/er/than/most", "dir with space", "ünï/日本", ".hidden dir", "a+b", "100%", "x/y", "z=1,q", "#tag"];

    /// <summary>Writes about <paramref name="count"/> small files below a directory.</summary>
    public static void Write(string root, int count)
    {
        for (var n = 0; n < count; n++)
        {
            var round = n / (Names.Length * Folders.Length);
            var name = Names[n % Names.Length] + (round == 0 ? "" : $"{round}");
            var folder = Path.Combine(root, Folders[n / Names.Length % Folders.Length]);
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, name), TestData.Bytes(n * 37 % 5000, seed: n));
        }
    }

    /// <summary>Relative paths with the MD5 of each file's content.</summary>
    public static SortedDictionary<string, string> Read(string root)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(root, "*", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.None,
        }))
        {
            files.Add(Path.GetRelativePath(root, file), TestData.Md5(File.ReadAllBytes(file)));
        }
        return files;
    }
}
