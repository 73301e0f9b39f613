using Lms.Manuscripts.Findings;

namespace Lms.Manuscripts.Files;

/// <summary>A text file's lines with the name that findings give it.</summary>
internal sealed class SourceFile(string name, string text)
{
    public string Name => name;

    /// <summary>Line ends are <c>\n</c>; no byte order mark.</summary>
    public string Text { get; } = Normalise(text);

    public IReadOnlyList<Line> Lines => field ??= [.. Text.Split('\n').Select((t, i) => new Line(t, i + 1, 1))];

    public Place At(int line, int column = 1) => new(name, line, column);

    public static string Normalise(string text) =>
        text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
}

/// <summary>A line, or the part of one that starts at <paramref name="Column"/>.</summary>
internal readonly record struct Line(string Text, int Number, int Column)
{
    public bool IsBlank => string.IsNullOrWhiteSpace(Text);

    public Line From(int start) => new(Text[start..], Number, Column + start);
}
