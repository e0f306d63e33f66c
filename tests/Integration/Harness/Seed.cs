using System.Globalization;
using Xunit.Abstractions;

namespace CasStore.Tests.Integration.Harness;

/// <summary>The seed of a random test: printed, and taken from CASSTORE_TEST_SEED to replay a failure.</summary>
internal static class Seed
{
    public static int Choose(ITestOutputHelper output)
    {
        var given = Environment.GetEnvironmentVariable("CASSTORE_TEST_SEED");
        var seed = string.IsNullOrEmpty(given)
            ? Random.Shared.Next()
            : int.Parse(given, CultureInfo.InvariantCulture);
        output.WriteLine($"Replay with CASSTORE_TEST_SEED={seed}");
        return seed;
    }
}
