namespace CasStore.Tests.Architecture;

internal static class Offenders
{
    /// <summary>Fails with the rule and every offender by name.</summary>
    public static void ShouldBeNone(this IEnumerable<string> offenders, string rule)
    {
        var list = offenders.ToList();
        if (list.Count > 0)
            Assert.Fail($"{rule}\n  {string.Join("\n  ", list)}");
    }
}
