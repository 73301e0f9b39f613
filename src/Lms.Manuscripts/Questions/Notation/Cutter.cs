using Lms.Manuscripts.Files;
using Lms.Manuscripts.Findings;

namespace Lms.Manuscripts.Questions.Notation;

/// <summary>Cuts a file's lines into running text and questions.</summary>
internal sealed class Cutter(string file, IReadOnlyList<Line> lines, Report report)
{
    private const int MostItems = 1000;
    private readonly List<Piece> _pieces = [];
    private int _items;
    private readonly List<Line> _text = [];
    private int _at;

    public static IReadOnlyList<Piece> Cut(string file, IReadOnlyList<Line> lines, Report report) => new Cutter(file, lines, report).Cut();

    private List<Piece> Cut()
    {
        var fence = "";
        while (_at < lines.Count)
        {
            var line = lines[_at];
            fence = CodeFence(fence, line.Text);
            if (_items > MostItems)
            {
                report.Error(new Place(file, line.Number, line.Column), "items-many", $"The file holds more than {MostItems} questions.", "Divide it: each lesson's folder may hold a questions.md of its own.");
                return _pieces;
            }
            if (fence.Length > 0) _text.Add(lines[_at++]);
            else if (IsHead(line.Text)) Headed();
            else if (IsAnswer(Marks.Of(line.Text))) Bare();
            else if (Marks.FirstGap(line.Text) >= 0) BareCloze();
            else _text.Add(lines[_at++]);
        }
        Flush(_text.Count);
        return _pieces;
    }

    private static string CodeFence(string open, string line)
    {
        var t = line.TrimStart();
        var mark = t.StartsWith("```", StringComparison.Ordinal) ? "```" : t.StartsWith("~~~", StringComparison.Ordinal) ? "~~~" : "";
        return open.Length == 0 ? mark : mark == open ? "" : open;
    }

    private static bool IsHead(string line) => line.TrimStart() is var t && t.StartsWith("<!--", StringComparison.Ordinal) && t[4..].TrimStart() is var rest
        && rest.StartsWith("item", StringComparison.Ordinal) && (rest.Length == 4 || !char.IsLetterOrDigit(rest[4]));

    private static bool IsAnswer(Mark mark) => mark is not (Mark.None or Mark.Hint or Mark.Fence);

    // Running text up to the lines that a question takes for its stem.
    private void Flush(int count)
    {
        if (_text.Take(count).Any(l => !l.IsBlank)) _pieces.Add(new Piece(new Fragment(file, [.. _text.Take(count)]), null));
        _text.Clear();
    }

    private void Headed()
    {
        Flush(_text.Count);
        var at = new Place(file, lines[_at].Number, lines[_at].Column + lines[_at].Text.IndexOf('<', StringComparison.Ordinal));
        if (Comment(at) is not { } head) return;
        var stem = new List<Line>();
        while (_at < lines.Count && !IsHead(lines[_at].Text) && Marks.Of(lines[_at].Text) == Mark.None && Marks.FirstGap(lines[_at].Text) < 0
            && !lines[_at].Text.StartsWith("## ", StringComparison.Ordinal)) stem.Add(lines[_at++]);
        Take(at, head, stem);
    }

    private void Bare()
    {
        var end = _text.FindLastIndex(l => !l.IsBlank);
        var start = end;
        while (start > 0 && !_text[start - 1].IsBlank) start--;
        var stem = start < 0 ? [] : _text[start..(end + 1)];
        var at = stem.Count > 0 ? stem[0] : lines[_at];
        Flush(Math.Max(start, 0));
        Take(new Place(file, at.Number, at.Column), null, stem);
    }

    private void BareCloze()
    {
        var start = _text.Count;
        while (start > 0 && !_text[start - 1].IsBlank) start--;
        var stem = _text[start..];
        Flush(start);
        var at = stem.Count > 0 ? stem[0] : lines[_at];
        Take(new Place(file, at.Number, at.Column), null, stem);
    }

    private Fragment? Comment(Place at)
    {
        var head = new List<Line>();
        var first = lines[_at].Text.IndexOf("item", StringComparison.Ordinal) + 4;
        for (; _at < lines.Count; _at++)
        {
            var line = head.Count == 0 ? lines[_at].From(first) : lines[_at];
            var close = line.Text.IndexOf("-->", StringComparison.Ordinal);
            head.Add(close < 0 ? line : line with { Text = line.Text[..close] });
            if (close < 0) continue;
            if (!string.IsNullOrWhiteSpace(line.Text[(close + 3)..]))
                report.Error(new Place(file, line.Number, line.Column + close + 3), "item-head", "Text follows the item comment on its line.", "Begin the question on the next line.");
            _at++;
            return new Fragment(file, head);
        }
        report.Error(at, "comment-unclosed", "The item comment is never closed.", "End it with “-->” on a line of its own.");
        return null;
    }

    private void Take(Place at, Fragment? head, List<Line> stem)
    {
        Fragment? cloze = null;
        if (_at < lines.Count && !IsAnswer(Marks.Of(lines[_at].Text)) && Marks.FirstGap(lines[_at].Text) >= 0)
        {
            // The lines of the paragraph above the gap belong to the sentence, too.
            var start = stem.Count;
            while (start > 0 && !stem[start - 1].IsBlank) start--;
            cloze = ClozeText(stem[start..]);
            stem = stem[..start];
        }
        var answers = cloze is null ? AnswerLines(m => IsAnswer(m)) : [];
        var hints = AnswerLines(m => m == Mark.Hint).Select(h => h.Text).ToList();
        _items++;
        _pieces.Add(new Piece(null, new RawItem(at)
        {
            Head = head, Stem = new Fragment(file, stem).Trim(), Cloze = cloze, Answers = answers, Hints = hints, Rationale = Rationale(),
        }));
    }

    private Fragment ClozeText(List<Line> text)
    {
        while (_at < lines.Count && Marks.Of(lines[_at].Text) is Mark.None or Mark.Gap)
        {
            if (_at < lines.Count && IsHead(lines[_at].Text)) break;
            if (!lines[_at].IsBlank) { text.Add(lines[_at++]); continue; }
            var next = _at;
            while (next < lines.Count && lines[next].IsBlank) next++;
            var end = next;
            while (end < lines.Count && !lines[end].IsBlank && Marks.Of(lines[end].Text) == Mark.None && Marks.FirstGap(lines[end].Text) < 0) end++;
            if (end >= lines.Count || Marks.FirstGap(lines[end].Text) < 0 || Marks.Of(lines[end].Text) != Mark.None) break;
            while (_at < next) text.Add(lines[_at++]);
        }
        return new Fragment(file, text).Trim();
    }

    private List<RawAnswer> AnswerLines(Func<Mark, bool> belongs)
    {
        var answers = new List<RawAnswer>();
        while (true)
        {
            var next = _at;
            while (next < lines.Count && lines[next].IsBlank) next++;
            if (next >= lines.Count || !belongs(Marks.Of(lines[next].Text))) return answers;
            _at = next;
            answers.Add(Answer());
        }
    }

    private RawAnswer Answer()
    {
        var first = lines[_at++];
        var mark = Marks.Of(first.Text);
        var (inside, start) = Marks.Open(first.Text, mark);
        var text = new List<Line> { first.From(start) };
        var open = IsOpen(first.Text, false);
        while (_at < lines.Count && (open || !lines[_at].IsBlank && Marks.Of(lines[_at].Text) == Mark.None && !IsHead(lines[_at].Text)))
        {
            open = IsOpen(lines[_at].Text, open);
            text.Add(lines[_at++]);
        }
        var at = new Place(file, first.Number, first.Column + first.Text.IndexOf('[', StringComparison.Ordinal));
        return Split(mark, at, inside, new Fragment(file, text));
    }

    private static bool IsOpen(string line, bool open)
    {
        var (start, end) = (line.LastIndexOf("<!--", StringComparison.Ordinal), line.LastIndexOf("-->", StringComparison.Ordinal));
        return start < 0 && end < 0 ? open : start > end;
    }

    // Parts the text of an answer from the comments behind it.
    private RawAnswer Split(Mark mark, Place at, string inside, Fragment all)
    {
        var start = all.Text.IndexOf("<!--", StringComparison.Ordinal);
        if (start < 0) return new RawAnswer(mark, at, inside, all.Trim(), []);
        var comments = new List<Fragment>();
        for (var i = start; i >= 0;)
        {
            var end = all.Text.IndexOf("-->", i + 4, StringComparison.Ordinal);
            if (end < 0)
            {
                report.Error(all.At(i), "comment-unclosed", "The comment is never closed.", "End it with “-->”.");
                break;
            }
            comments.Add(all.Slice(i + 4, end).Trim());
            i = all.Text.IndexOf("<!--", end + 3, StringComparison.Ordinal);
            var behind = all.Slice(end + 3, i < 0 ? all.Text.Length : i).Trim();
            if (!behind.IsBlank)
                report.Error(behind.Start, "text-after-rationale", "Text follows the rationale of an answer.", "Put the answer's whole text before its comment, and a blank line after the question.");
        }
        return new RawAnswer(mark, at, inside, all.Slice(0, start).Trim(), comments);
    }

    private Fragment? Rationale()
    {
        var open = _at;
        while (open < lines.Count && lines[open].IsBlank) open++;
        if (open >= lines.Count || Marks.Of(lines[open].Text) != Mark.Fence) return null;
        var close = open + 1;
        while (close < lines.Count && Marks.Of(lines[close].Text) != Mark.Fence && !IsHead(lines[close].Text)) close++;
        if (close >= lines.Count || IsHead(lines[close].Text))
            report.Error(new Place(file, lines[open].Number, lines[open].Column), "rationale-unclosed", "The rationale is never closed.", "End it with a line of “****”.");
        _at = Math.Min(lines.Count, close < lines.Count && !IsHead(lines[close].Text) ? close + 1 : close);
        return new Fragment(file, [.. lines.Skip(open + 1).Take(close - open - 1)]).Trim();
    }
}
