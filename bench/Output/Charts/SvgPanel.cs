namespace CasStore.Bench.Output.Charts;

/// <summary>Draws one chart with its axes and legend.</summary>
internal sealed class SvgPanel(SvgText svg, Panel panel, double top, double width)
{
    public const double Height = 300;
    private const double Left = 64, Right = 16, PlotTop = 80, PlotBottom = 268, MostLabelled = 32;
    private readonly AxisScale _scale = AxisScale.For(
        panel.Series.SelectMany(series => series.Values).Max() ?? 0);
    private readonly double _group = (width - Left - Right) / Math.Max(panel.Categories.Count, 1);

    public void Draw()
    {
        svg.Label("title", Left, top + 20, panel.Title);
        DrawLegend();
        DrawAxes();
        for (var number = 0; number < panel.Series.Count; number++)
        {
            if (panel.AsLines)
                DrawLine(number);
            else
                DrawBars(number);
        }
    }

    private static string Colour(int number) => $"s{number % SvgFigure.Colours}";

    private void DrawLegend()
    {
        var (x, y) = (Left, top + 32);
        for (var number = 0; number < panel.Series.Count; number++)
        {
            var name = panel.Series[number].Name;
            var length = 35 + 6.6 * name.Length;
            if (x > Left && x + length > width)
                (x, y) = (Left, y + 16);
            svg.Rectangle(Colour(number), x, y, 10, 10);
            svg.Label("start", x + 15, y + 9, name);
            x += length;
        }
    }

    private void DrawAxes()
    {
        svg.Label("end", Left - 8, top + PlotTop - 14, panel.Unit);
        for (var tick = 0; tick <= _scale.Steps; tick++)
        {
            var value = tick * _scale.Step;
            svg.Line(tick == 0 ? "axis" : "grid", Left, Y(value), width - Right, Y(value));
            svg.Label("end", Left - 8, Y(value) + 4, SvgText.Short(value));
        }
        for (var category = 0; category < panel.Categories.Count; category++)
            svg.Label("middle", Centre(category), top + PlotBottom + 18, panel.Categories[category]);
    }

    private void DrawBars(int number)
    {
        var bar = _group * 0.8 / panel.Series.Count;
        for (var category = 0; category < panel.Categories.Count; category++)
        {
            if (panel.Series[number].Values[category] is not { } value)
                continue;
            var x = Centre(category) - _group * 0.4 + number * bar;
            svg.Rectangle(Colour(number), x, Y(value), Math.Max(bar - 2, 1), top + PlotBottom - Y(value));
            if (panel.Categories.Count * panel.Series.Count <= MostLabelled)
                svg.Label("middle value", x + bar / 2 - 1, Y(value) - 4, SvgText.Short(value));
        }
    }

    private void DrawLine(int number)
    {
        var points = panel.Series[number].Values
            .Select((value, category) => (Value: value, X: Centre(category)))
            .Where(point => point.Value is not null)
            .Select(point => (point.X, Y: Y(point.Value!.Value)))
            .ToList();
        svg.Polyline("line l" + Colour(number), points);
        foreach (var (x, y) in points)
            svg.Circle(Colour(number), x, y, 3);
    }

    private double Centre(int category) => Left + (category + 0.5) * _group;

    private double Y(double value) => top + PlotBottom - value / _scale.Top * (PlotBottom - PlotTop);
}
