using System.Globalization;

namespace CasStore.Bench.Output.Charts;

/// <summary>Charts below each other in one picture, which follows the reader's light or dark theme.</summary>
internal static class SvgFigure
{
    public const int Colours = 8;
    private const double Width = 860, Header = 44, Margin = 12;

    private static readonly string[] s_light =
    [
        "#2563eb", "#d97706", "#059669", "#be185d", "#7c3aed", "#0891b2", "#65a30d", "#6b7280",
    ];

    private static readonly string[] s_dark =
    [
        "#60a5fa", "#fbbf24", "#34d399", "#f472b6", "#a78bfa", "#22d3ee", "#a3e635", "#9ca3af",
    ];

    public static string Draw(string title, IReadOnlyList<Panel> panels)
    {
        var height = Header + panels.Count * SvgPanel.Height + Margin;
        var svg = new SvgText();
        svg.Raw(string.Create(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" role=\"img\">"));
        svg.Raw($"<style>{Style()}</style>");
        svg.Rectangle("paper", 0, 0, Width, height);
        svg.Label("heading", 16, 28, title);
        for (var number = 0; number < panels.Count; number++)
            new SvgPanel(svg, panels[number], Header + number * SvgPanel.Height, Width).Draw();
        svg.Raw("</svg>");
        return svg.ToString();
    }

    private static string Style() =>
        "text{font:12px system-ui,sans-serif}.heading{font-size:17px;font-weight:600}.title{font-weight:600}"
        + ".middle{text-anchor:middle}.end{text-anchor:end}.value{font-size:10px}.line{fill:none;stroke-width:2}"
        + Theme("#ffffff", "#1f2937", "#9ca3af", "#e5e7eb", s_light)
        + "@media(prefers-color-scheme:dark){" + Theme("#0d1117", "#e5e7eb", "#6b7280", "#30363d", s_dark) + "}";

    private static string Theme(string paper, string ink, string axis, string grid, string[] colours) =>
        $".paper{{fill:{paper}}}text{{fill:{ink}}}.axis{{stroke:{axis}}}.grid{{stroke:{grid}}}"
        + string.Concat(colours.Select((colour, number) =>
            $".s{number}{{fill:{colour}}}.ls{number}{{stroke:{colour}}}"));
}
