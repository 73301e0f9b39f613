using System.Collections.Frozen;

namespace Lms.Web.Features.Shared;

/// <summary>One family of icons: 24 by 24, a line of 1.5, drawn in the colour of the text beside them.</summary>
public static class Icons
{
    private const string Circle = "<circle cx=\"12\" cy=\"12\" r=\"8.5\"/>";

    private static readonly FrozenDictionary<string, string> s_shapes = new Dictionary<string, string>
    {
        ["arrow"] = Path("M4.5 12h15M13.5 6l6 6-6 6"),
        ["back"] = Path("M19.5 12h-15M10.5 6l-6 6 6 6"),
        ["book"] = Path("M12 6.5C10 5 7 4.5 4 4.8v13.4c3-.3 6 .2 8 1.8 2-1.6 5-2.1 8-1.8V4.8c-3-.3-6 .2-8 1.7ZM12 6.5V20"),
        ["certificate"] = "<circle cx=\"12\" cy=\"9.5\" r=\"5.5\"/>" + Path("m8.5 14-1.5 6.5 5-2.5 5 2.5-1.5-6.5m-5.7-4.6 1.5 1.5 2.7-2.8"),
        ["chart"] = Path("M4.5 4v15.5H20M8.5 16v-4.5M12.5 16V7.5M16.5 16v-6.5"),
        ["check"] = Path("m5 12.5 4.5 4.5L19 7.5"),
        ["clock"] = Circle + Path("M12 7v5l3.2 2"),
        ["cross"] = Path("m6.5 6.5 11 11m0-11-11 11"),
        ["down"] = Path("m6.5 9.5 5.5 5.5 5.5-5.5"),
        ["download"] = Path("M12 4v10.5M7.5 10.5 12 15l4.5-4.5M5 19.5h14"),
        ["edit"] = Path("M4.5 19.5 5.5 15 16 4.5l3.5 3.5L9 18.5ZM13.5 7l3.5 3.5"),
        ["expand"] = Path("M4.5 9.5v-5h5M19.5 9.5v-5h-5M4.5 14.5v5h5M19.5 14.5v5h-5"),
        ["filter"] = Path("M4 6h16M7 12h10M10 18h4"),
        ["flag"] = Path("M6 20.5V4.5c4-2 8 2 12 0v9c-4 2-8-2-12 0"),
        ["globe"] = Circle + Path("M3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17"),
        ["info"] = Circle + Path("M12 11v5M12 7.8v.1"),
        ["leave"] = Path("M13 4.5H5.5v15H13M10 12h10M16 8l4 4-4 4"),
        ["list"] = Path("M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.1M4.5 12h.1M4.5 17.5h.1"),
        ["lock"] = "<rect x=\"5\" y=\"10.5\" width=\"14\" height=\"9.5\" rx=\"2\"/>" + Path("M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"),
        ["mail"] = "<rect x=\"3.5\" y=\"5.5\" width=\"17\" height=\"13\" rx=\"2\"/>" + Path("m4 7 8 6 8-6"),
        ["menu"] = Path("M4 7h16M4 12h16M4 17h16"),
        ["more"] = "<path stroke-width=\"2.5\" d=\"M5.5 12h.1M12 12h.1M18.5 12h.1\"/>",
        ["people"] = "<circle cx=\"9\" cy=\"8.5\" r=\"3.2\"/>" +
            Path("M3 19.5c.4-3.6 2.8-5.5 6-5.5s5.6 1.9 6 5.5M15.5 5.6a3.2 3.2 0 0 1 0 5.8M17.5 14.3c2 .6 3.2 2.4 3.5 5.2"),
        ["person"] = "<circle cx=\"12\" cy=\"8.2\" r=\"3.7\"/>" + Path("M4.8 20c.6-4 3.5-6 7.2-6s6.6 2 7.2 6"),
        ["play"] = Path("M8 5.5v13l10.5-6.5Z"),
        ["plus"] = Path("M12 5v14M5 12h14"),
        ["print"] = Path("M7 8.5V4h10v4.5M7 16.5H4.5v-8h15v8H17M7 13.5h10V20H7Z"),
        ["refresh"] = Path("M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4.5V9H15"),
        ["search"] = "<circle cx=\"10.5\" cy=\"10.5\" r=\"6\"/>" + Path("m15 15 5 5"),
        ["shield"] = Path("M12 3.5 5 6v5.5c0 4.5 3 7.5 7 9 4-1.5 7-4.5 7-9V6Zm-3.2 8.5 2.3 2.3 4.2-4.3"),
        ["up"] = Path("m6.5 14.5 5.5-5.5 5.5 5.5"),
        ["upload"] = Path("M12 15V4.5M7.5 8.5 12 4l4.5 4.5M5 19.5h14"),
        ["warning"] = Path("M12 4 3.5 19h17ZM12 10v4.5M12 16.9v.1"),
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> s_directed = FrozenSet.Create("arrow", "back", "leave", "list", "play");

    public static bool Has(string name) => s_shapes.ContainsKey(name);

    /// <summary>An icon's <c>svg</c> element; it mirrors itself from right to left where its direction means something.</summary>
    public static string Draw(string name, string? label = null)
    {
        var speech = label is null ? "aria-hidden=\"true\"" : $"role=\"img\" aria-label=\"{Markup.Encode(label)}\"";
        return $"<svg class=\"icon{(s_directed.Contains(name) ? " flip" : "")}\" viewBox=\"0 0 24 24\" {speech}>{s_shapes[name]}</svg>";
    }

    private static string Path(string d) => $"<path d=\"{d}\"/>";
}
