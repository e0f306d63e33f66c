namespace CasStore.Tests.Integration.Memory;

/// <summary>A test of the natively compiled Api: skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeFactAttribute : FactAttribute
{
    public NativeFactAttribute()
    {
        if (NativeApi.Path is null)
            Skip = $"{NativeApi.Variable} is not set: ./casstore test makes the native build and sets it.";
    }
}
