using Lms.Manuscripts.Files;

namespace Lms.Manuscripts.Questions.Notation;

/// <summary>Recognises the marks of the notation at the start of a line.</summary>
internal static class Marks
{
    public static Mark Of(string line)
    {
        var t = line.TrimStart();
        if (line.Length - t.Length > 3) return Mark.None;
        if (t.StartsWith("****", StringComparison.Ordinal) && t.AsSpan().Trim().TrimStart('*').IsEmpty) return Mark.Fence;
        if (t.StartsWith("[[", StringComparison.Ordinal)) return Double(t);
        if (t.StartsWith("[#", StringComparison.Ordinal)) return t.IndexOf(']', StringComparison.Ordinal) is > 2 and < 6 ? Mark.Step : Mark.None;
        if (!t.StartsWith("[(", StringComparison.Ordinal) || Cells(t) is not { Count: > 0 } cells) return Mark.None;
        return cells.All(c => c is "" or "X" or "x") ? cells.Count == 1 ? Mark.Choice : Mark.Row : Mark.Column;
    }

    /// <summary>What stands between the brackets that open a line, and where the text behind them starts.</summary>
    public static (string Inside, int TextStart) Open(string line, Mark mark)
    {
        var start = line.IndexOf('[', StringComparison.Ordinal);
        var (open, close) = mark is Mark.Multiple or Mark.Gap or Mark.Mistake or Mark.Hint ? (2, "]]") : (1, "]");
        var end = mark is Mark.Column or Mark.Row or Mark.Choice ? CellsEnd(line, start) : line.IndexOf(close, start + open, StringComparison.Ordinal);
        return (line[(start + open)..end], end + close.Length);
    }

    /// <summary>The texts of <c>[(a) (b)]</c>; brackets inside a text must be in pairs.</summary>
    public static List<string>? Cells(string line)
    {
        var start = line.IndexOf('[', StringComparison.Ordinal);
        var end = CellsEnd(line, start);
        if (end < 0) return null;
        var cells = new List<string>();
        for (var i = start + 1; i < end; i++)
        {
            if (line[i] is ' ' or '\t') continue;
            var close = line[i] == '(' ? Partner(line, i) : -1;
            if (close < 0 || close >= end) return null;
            cells.Add(line[(i + 1)..close].Trim());
            i = close;
        }
        return cells;
    }

    /// <summary>Where the first gap of a line starts, or -1. What stands between back-ticks is code.</summary>
    public static int FirstGap(string line, int from = 0)
    {
        var code = line.AsSpan(0, Math.Min(from, line.Length)).Count('`') % 2 == 1;
        var lastClose = line.LastIndexOf("]]", StringComparison.Ordinal);
        for (var i = from; i + 3 < line.Length && i < lastClose; i++)
        {
            if (line[i] == '`') code = !code;
            if (code || line[i] != '[' || line[i + 1] != '[' || line[i + 2] is '[' or ']') continue;
            if (i + 2 < lastClose) return i;
        }
        return -1;
    }

    private static Mark Double(string t)
    {
        var end = t.IndexOf("]]", 2, StringComparison.Ordinal);
        if (end < 0) return Mark.None;
        var inside = t[2..end].Trim();
        if (inside is "?") return Mark.Hint;
        var behind = t[(end + 2)..].Trim();
        if (inside is "" || inside is "X" or "x" && behind.Length > 0) return Mark.Multiple;
        if (inside.StartsWith('!')) return Mark.Mistake;
        var comment = behind.IndexOf("<!--", StringComparison.Ordinal);
        return IsUnit(comment < 0 ? behind : behind[..comment].TrimEnd()) ? Mark.Gap : Mark.None;
    }

    // What may follow an answer on its own line: nothing, or a unit. Anything longer is the sentence of a cloze.
    private static bool IsUnit(string text) =>
        text.Length <= 24 && !text.Contains("[[", StringComparison.Ordinal) && !text.EndsWith('.') && text.Count(c => c == ' ') <= 2;

    private static int CellsEnd(string line, int start)
    {
        var depth = 0;
        for (var i = start + 1; i < line.Length; i++)
        {
            if (line[i] == '(') depth++;
            else if (line[i] == ')') depth--;
            else if (line[i] == ']' && depth <= 0) return i;
        }
        return -1;
    }

    private static int Partner(string line, int open)
    {
        var depth = 0;
        for (var i = open; i < line.Length; i++)
        {
            if (line[i] == '(') depth++;
            if (line[i] == ')' && --depth == 0) return i;
        }
        return -1;
    }
}
