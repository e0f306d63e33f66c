namespace CasStore;

/// <summary>
/// Found before the framework's <c>Select</c>, which in .NET 9 is a virtual generic method: of those the native compiler
/// must make one for each type of source with each type of result in the program. That was a quarter of it.
/// </summary>
/// <remarks>From .NET 10 on the framework has such a <c>Select</c> itself (<c>UseSizeOptimizedLinq</c>).</remarks>
public static class Sequences
{
    public static IEnumerable<TResult> Select<T, TResult>(this IEnumerable<T> source, Func<T, TResult> selector)
    {
        foreach (var item in source)
            yield return selector(item);
    }
}
