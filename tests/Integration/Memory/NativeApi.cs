namespace CasStore.Tests.Integration.Memory;

/// <summary>The natively compiled Api that <c>eng/test</c> has made.</summary>
internal static class NativeApi
{
    public const string Variable = "CASSTORE_TEST_NATIVE_API";

    public static string? Path { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : null;
}
