namespace CasStore.Bench.Output.Charts;

/// <summary>An axis from 0 to a round number, in round steps.</summary>
/// <param name="Step">Between two ticks: 1, 2 or 5 times a power of ten.</param>
/// <param name="Steps">How many.</param>
internal readonly record struct AxisScale(double Step, int Steps)
{
    private const int MostSteps = 5;
    private static readonly int[] s_factors = [1, 2, 5, 10];

    public double Top => Step * Steps;

    /// <summary>The smallest that reaches a value.</summary>
    public static AxisScale For(double largest)
    {
        if (!(largest > 0) || double.IsInfinity(largest))
            return new AxisScale(1, 1);
        var power = Math.Pow(10, Math.Floor(Math.Log10(largest / MostSteps)));
        var step = s_factors.Select(factor => factor * power)
            .First(step => step * MostSteps >= largest * (1 - 1e-9));
        return new AxisScale(step, (int)Math.Ceiling(largest / step - 1e-9));
    }
}
