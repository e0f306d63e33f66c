using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Faults;

/// <summary>What one writer knows of a key that only it writes.</summary>
internal sealed class TrackedKey(string target)
{
    private readonly HashSet<string?> _inDoubt = [];

    /// <summary>Path of the object.</summary>
    public string Target { get; } = target;

    /// <summary>MD5 of the content that was acknowledged last; null when that is nothing.</summary>
    public string? Acknowledged { get; private set; }

    public void WasAcknowledged(string? md5)
    {
        Acknowledged = md5;
        _inDoubt.Clear();
    }

    /// <summary>No answer, or a server's error: it may have happened or not, but not by half.</summary>
    public void IsInDoubt(string? md5) => _inDoubt.Add(md5);

    /// <summary>Fails unless the object is what was acknowledged, or what was in doubt, whole.</summary>
    public async Task VerifyAsync(RawS3 raw)
    {
        var answer = await raw.GetAsync(Target);
        if (answer.Status == 404)
            answer.ShouldBeError(404, "NoSuchKey");
        else
            answer.ShouldBe(200);
        var found = answer.Status == 404 ? null : TestData.Md5(answer.Body);
        if (found != Acknowledged && !_inDoubt.Contains(found))
        {
            Assert.Fail($"{Target} is {found ?? "absent"}, acknowledged was {Acknowledged ?? "absent"}, " +
                $"in doubt: {string.Join(", ", _inDoubt.Select(d => d ?? "absent"))}");
        }
        WasAcknowledged(found);
    }
}
