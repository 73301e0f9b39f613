using System.Text;
using Lms.Manuscripts.Courses;
using Lms.Manuscripts.Files;
using Lms.Manuscripts.Findings;

namespace Lms.Manuscripts.Markdown.References;

/// <summary>A footnote: the clause that a text rests on, with the author's words about it.</summary>
internal sealed record Footnote(string Label, Place At, StandardRef? Reference, Fragment Words);

/// <summary>A file's footnotes, taken out of its text before the text is cut into passages and questions.</summary>
internal sealed class Footnotes
{
    private readonly Dictionary<string, Footnote> _notes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _cited = new(StringComparer.Ordinal);
    private readonly List<Footnote> _shown = [];

    public IEnumerable<string> Labels => _notes.Keys;

    /// <summary>Footnotes in the order in which the running text cites them.</summary>
    public IReadOnlyList<Footnote> Shown => _shown;

    public IEnumerable<Footnote> Unused => _notes.Values.Where(n => !_cited.Contains(n.Label));

    public Footnote? Cite(string label)
    {
        _cited.Add(label);
        return _notes.GetValueOrDefault(label);
    }

    /// <summary>The number of a footnote at the foot of the lesson.</summary>
    public int NumberOf(Footnote note)
    {
        if (!_shown.Contains(note)) _shown.Add(note);
        return _shown.IndexOf(note) + 1;
    }

    /// <summary>Takes the definitions out; their lines stay behind as blank ones.</summary>
    public static (Footnotes Notes, List<Line> Text) Extract(string file, IReadOnlyList<Line> lines, Standards standards, Report report)
    {
        var notes = new Footnotes();
        var rest = lines.ToList();
        var fenced = false;
        for (var i = 0; i < rest.Count; i++)
        {
            if (rest[i].Text.StartsWith("```", StringComparison.Ordinal)) fenced = !fenced;
            if (fenced || LabelEnd(rest[i].Text) is not { } end) continue;
            var label = rest[i].Text[2..end];
            var text = new List<Line> { rest[i].From(end + 2) };
            rest[i] = rest[i] with { Text = "" };
            while (i + 1 < rest.Count && Continues(rest[i + 1].Text))
            {
                text.Add(rest[++i]);
                rest[i] = rest[i] with { Text = "" };
            }
            notes.Define(label, new Fragment(file, text).Trim(), standards, report);
        }
        return (notes, rest);
    }

    private void Define(string label, Fragment text, Standards standards, Report report)
    {
        var dash = text.Text.IndexOfAny(['—', '–']);
        var reference = dash < 0 ? text.Text : text.Text[..dash];
        var words = dash < 0 ? text.Slice(0, 0) : text.Slice(dash + 1, text.Text.Length).Trim();
        var note = new Footnote(label, text.Start, standards.Parse(reference, text.Start, report), words);
        if (!_notes.TryAdd(label, note))
            report.Error(text.Start, "footnote-twice", $"The footnote “{label}” is defined twice.", "Give one of the two another label.");
    }

    private static int? LabelEnd(string line)
    {
        if (!line.StartsWith("[^", StringComparison.Ordinal)) return null;
        var end = line.IndexOf("]:", StringComparison.Ordinal);
        return end is > 2 and < 60 ? end : null;
    }

    private static bool Continues(string line) =>
        !string.IsNullOrWhiteSpace(line) && !(line[0] is '[' or '#' or '>' or '<' or '|' or '-' or '*' or '!' or '$');
}
