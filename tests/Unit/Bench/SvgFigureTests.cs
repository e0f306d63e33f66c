using System.Globalization;
using System.Xml.Linq;
using CasStore.Bench.Output.Charts;
using FsCheck;
using FsCheck.Fluent;

namespace CasStore.Tests.Unit.Bench;

public sealed class SvgFigureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly Series[] Two =
    [
        new("a <b> & \"c\"", [1000, 20_000, null]), new("d", [0, 5, 12_345_678]),
    ];

    [Fact]
    public void Draws_a_bar_for_each_value()
    {
        var figure = Draw(asLines: false);
        Bars(figure, "s0").Count.ShouldBe(2 + 1, "two values and a key in the legend");
        Bars(figure, "s1").Count.ShouldBe(3 + 1);
        Texts(figure).ShouldContain("a <b> & \"c\"");
        Texts(figure).ShouldContain("12M");
    }

    [Fact]
    public void Draws_a_line_through_the_values()
    {
        var lines = Draw(asLines: true).Descendants(Svg + "polyline").ToList();
        lines.Select(line => ((string)line.Attribute("points")!).Split(' ').Length).ShouldBe([2, 3]);
    }

    [Fact]
    public void Bars_are_as_high_as_their_values()
    {
        var figure = XDocument.Parse(SvgFigure.Draw(
            "t", [new Panel("p", "u", ["x", "y"], [new Series("s", [50, 100])])]));
        var heights = Bars(figure, "s0").Skip(1).Select(bar => Number(bar, "height")).ToList();
        heights[1].ShouldBe(2 * heights[0], 0.2);
    }

    [Fact]
    public void Has_colours_for_light_and_dark() =>
        Draw(asLines: false).Root!.Element(Svg + "style")!.Value.ShouldContain("@media(prefers-color-scheme:dark)");

    [Fact]
    public void Axes_reach_the_largest_value_in_few_round_steps() =>
        Prop.ForAll(Gen.Choose(1, 1_000_000).Select(n => n / 1000.0).ToArbitrary(), largest =>
        {
            var scale = AxisScale.For(largest);
            scale.Top.ShouldBeGreaterThanOrEqualTo(largest * (1 - 1e-6));
            (scale.Top - scale.Step).ShouldBeLessThan(largest);
            scale.Steps.ShouldBeInRange(1, 5);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Nothing_to_show_has_an_axis(double largest) => AxisScale.For(largest).ShouldBe(new AxisScale(1, 1));

    private static XDocument Draw(bool asLines) => XDocument.Parse(SvgFigure.Draw(
        "title",
        [
            new Panel("panel", "per s", ["x", "y", "z"], Two, asLines),
            new Panel("2", "MB", ["x"], [new("e", [1])]),
        ]));

    private static List<XElement> Bars(XDocument figure, string style) => figure.Descendants(Svg + "rect")
        .Where(rect => (string?)rect.Attribute("class") == style && Number(rect, "y") < 340).ToList();

    private static IEnumerable<string> Texts(XDocument figure) =>
        figure.Descendants(Svg + "text").Select(text => text.Value);

    private static double Number(XElement element, string name) =>
        double.Parse((string)element.Attribute(name)!, CultureInfo.InvariantCulture);
}
