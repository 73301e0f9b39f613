using Lms.Manuscripts.Findings;

namespace Lms.Manuscripts.Files;

/// <summary>Some lines, or parts of lines, of a file: text that still knows where each character stands.</summary>
internal sealed class Fragment
{
    private readonly int[] _starts;

    public Fragment(string file, IReadOnlyList<Line> lines)
    {
        File = file;
        Lines = lines;
        Text = string.Join('\n', lines.Select(l => l.Text));
        _starts = new int[lines.Count];
        for (var i = 1; i < lines.Count; i++) _starts[i] = _starts[i - 1] + lines[i - 1].Text.Length + 1;
    }

    public string File { get; }

    public IReadOnlyList<Line> Lines { get; }

    public string Text { get; }

    public bool IsBlank => string.IsNullOrWhiteSpace(Text);

    public Place Start => At(0);

    /// <summary>Where the character at <paramref name="offset"/> stands in the file.</summary>
    public Place At(int offset)
    {
        if (Lines.Count == 0) return new Place(File, 1, 1);
        var index = Array.BinarySearch(_starts, Math.Clamp(offset, 0, Text.Length));
        if (index < 0) index = ~index - 1;
        return new Place(File, Lines[index].Number, Lines[index].Column + Math.Clamp(offset, 0, Text.Length) - _starts[index]);
    }

    /// <summary>The characters from <paramref name="start"/> up to <paramref name="end"/>.</summary>
    public Fragment Slice(int start, int end)
    {
        var lines = new List<Line>();
        var first = Array.BinarySearch(_starts, start);
        for (var i = Math.Max(first < 0 ? ~first - 1 : first, 0); i < Lines.Count && _starts[i] <= end; i++)
        {
            var (from, to) = (Math.Max(start - _starts[i], 0), Math.Min(end - _starts[i], Lines[i].Text.Length));
            if (from > Lines[i].Text.Length || to < 0 || from > to) continue;
            lines.Add(new Line(Lines[i].Text[from..to], Lines[i].Number, Lines[i].Column + from));
        }
        return new Fragment(File, lines);
    }

    /// <summary>The same without blank space at either end.</summary>
    public Fragment Trim()
    {
        var start = Text.Length - Text.TrimStart().Length;
        return start == Text.Length ? Slice(0, 0) : Slice(start, Text.TrimEnd().Length);
    }
}
