using System.Globalization;
using System.Security;
using System.Text;

namespace CasStore.Bench.Output.Charts;

/// <summary>The elements that a figure is made of.</summary>
internal sealed class SvgText
{
    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    public void Raw(string markup) => _text.Append(markup).Append('\n');

    public void Rectangle(string style, double x, double y, double width, double height) => Raw(Text(
        $"<rect class=\"{style}\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\"/>"));

    public void Line(string style, double x1, double y1, double x2, double y2) => Raw(Text(
        $"<line class=\"{style}\" x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\"/>"));

    public void Polyline(string style, IEnumerable<(double X, double Y)> points)
    {
        var list = string.Join(' ', points.Select(point => Text($"{point.X:0.#},{point.Y:0.#}")));
        Raw($"<polyline class=\"{style}\" points=\"{list}\"/>");
    }

    public void Circle(string style, double x, double y, double radius) => Raw(Text(
        $"<circle class=\"{style}\" cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"{radius:0.#}\"/>"));

    /// <summary>A text; <paramref name="style"/> says where its anchor is.</summary>
    public void Label(string style, double x, double y, string text) => Raw(Text(
        $"<text class=\"{style}\" x=\"{x:0.#}\" y=\"{y:0.#}\">{SecurityElement.Escape(text)}</text>"));

    /// <summary>A number in few characters, such as 12.3k.</summary>
    public static string Short(double value) => value switch
    {
        >= 9_999_500 => Text($"{value / 1e6:0}M"),
        >= 999_500 => Text($"{value / 1e6:0.#}M"),
        >= 9_999.5 => Text($"{value / 1e3:0.#}k"),
        >= 100 => Text($"{value:#,0}"),
        >= 10 => Text($"{value:0.#}"),
        _ => Text($"{value:0.##}"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
