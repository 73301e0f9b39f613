using System.Globalization;
using System.Text;
using Lms.Manuscripts.Courses;
using Lms.Manuscripts.Files;
using Lms.Manuscripts.Findings;

namespace Lms.Manuscripts.Questions.Gift;

/// <summary>Turns GIFT into the notation of <c>content/README.md</c>.</summary>
internal sealed class GiftReader
{
    /// <summary>A question in our notation.</summary>
    internal sealed record Question(string Id, int Line, string Markdown);

    private readonly SourceFile _file;
    private readonly Report _report;
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);

    private GiftReader(SourceFile file, Report report) => (_file, _report) = (file, report);

    public static IEnumerable<Question> Read(SourceFile file, Report report)
    {
        var reader = new GiftReader(file, report);
        return reader.Blocks().Select(b => reader.Read(b.Comment, b.Text, b.Line)).OfType<Question>();
    }

    // Questions are parted by blank lines; inside braces a blank line parts nothing.
    private IEnumerable<(string Comment, string Text, int Line)> Blocks()
    {
        var (comment, text, line, depth) = (new StringBuilder(), new StringBuilder(), 0, 0);
        foreach (var l in _file.Lines)
        {
            var t = l.Text.Trim();
            if (depth == 0 && t.StartsWith("//", StringComparison.Ordinal)) comment.Append(t[2..]).Append(' ');
            else if (depth == 0 && t.StartsWith("$CATEGORY", StringComparison.OrdinalIgnoreCase)) continue;
            else if (t.Length > 0 || depth > 0)
            {
                if (text.Length == 0) line = l.Number;
                text.Append(l.Text).Append('\n');
                for (var i = GiftText.Find(l.Text, "{}"); i >= 0; i = GiftText.Find(l.Text, "{}", i + 1)) depth = Math.Max(0, depth + (l.Text[i] == '{' ? 1 : -1));
            }
            else if (text.Length > 0)
            {
                yield return (comment.ToString(), text.ToString(), line);
                comment.Clear();
                text.Clear();
            }
        }
        if (text.Length > 0) yield return (comment.ToString(), text.ToString(), line);
    }

    private Question? Read(string comment, string text, int line)
    {
        var at = new Place(_file.Name, line, 1);
        var (title, rest) = Title(text.Trim());
        var open = GiftText.Find(rest, "{");
        var close = open < 0 ? -1 : GiftText.Find(rest, "}", open);
        if (close < 0)
        {
            _report.Warning(at, open < 0 ? "gift-description" : "gift-unclosed", open < 0 ? "This passage asks nothing, so it was left out." : "The answers are never closed, so the question was left out.",
                open < 0 ? "Put it into a lesson, if it is needed." : "End them with “}”.");
            return null;
        }
        var (format, stem) = GiftMarkdown.Format(rest[..open].Trim(), "");
        var body = rest[(open + 1)..close];
        var general = GiftText.FindMark(body, "####");
        var rationale = general < 0 ? "" : GiftMarkdown.Of(body[(general + 4)..], format);
        var tail = rest[(close + 1)..].Trim();
        var asked = GiftMarkdown.Of(stem, format) + (tail.Length > 0 ? " ____ " + GiftMarkdown.Of(tail, format) : "");
        if (Answers((general < 0 ? body : body[..general]).Trim(), format, comment, at) is not { } answers) return null;
        var id = NewId(Tag(comment, "[id:") ?? title);
        var markdown = new StringBuilder("<!-- item\nid: ").Append(id).Append('\n');
        Head(markdown, comment, at, id);
        markdown.Append("-->\n").Append(asked.Trim()).Append("\n\n").Append(answers);
        if (rationale.Length > 0) markdown.Append("****\n").Append(rationale).Append("\n****\n");
        return new Question(id, line, markdown.ToString());
    }

    private void Head(StringBuilder markdown, string comment, Place at, string id)
    {
        if (Tag(comment, "[tag:objective=") is { } objective && Names.IsValid(objective)) markdown.Append("objective: ").Append(objective).Append('\n');
        else _report.Warning(at, "gift-objective", $"“{id}” names no objective.", "Add “objective: …” to its item comment before the bank is published.");
        if (Tag(comment, "[tag:difficulty=") is "1" or "2" or "3") markdown.Append("difficulty: ").Append(Tag(comment, "[tag:difficulty=")).Append('\n');
        if (Tag(comment, "[tag:clause=") is { Length: < 100 } clause && clause.All(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '.' or '(' or ')')) markdown.Append("clause: ").Append(clause).Append('\n');
        if (comment.Contains("[tag:critical]", StringComparison.Ordinal)) markdown.Append("critical: true\n");
    }

    private string? Answers(string text, string format, string comment, Place at)
    {
        if (text.Length == 0) return Refuse(at, "gift-essay", "An essay can't be graded by the program, so it was left out.", "Ask for a choice, a word or a number.");
        if (text.StartsWith('#')) return Numbers(text[1..].Trim(), format, at);
        var word = GiftText.Answer(true, text);
        if (word.Text.ToUpperInvariant() is "T" or "TRUE" or "F" or "FALSE") return TrueFalse(word, format);
        var answers = GiftText.Answers(text);
        if (answers.Count == 0) return Refuse(at, "gift-answers", "The answers can't be read, so the question was left out.", "Begin each with “=” or “~”.");
        if (answers.All(a => a.Right && GiftText.FindMark(a.Text, "->") >= 0)) return Pairs(answers, format, comment);
        if (answers.All(a => a.Right)) return $"[[{string.Join('|', answers.Select(a => GiftMarkdown.Word(a.Text)))}]]\n";
        var multiple = answers.Any(a => a.Weight is not null) && !answers.Any(a => a.Right);
        if (comment.Contains("[tag:list]", StringComparison.Ordinal) && answers.Count(a => a.Right) == 1)
            return $"[[{string.Join('|', answers.Select(a => a.Right ? $"({GiftMarkdown.Word(a.Text)})" : GiftMarkdown.Word(a.Text)))}]]" + string.Concat(answers.Where(a => !a.Right).Select(a => Comment(a.Feedback, format))) + "\n";
        return string.Concat(answers.Select(a => (multiple ? a.Weight > 0 ? "[[X]] " : "[[ ]] " : a.Right ? "[(X)] " : "[( )] ") + OneLine(a.Text, format) + Comment(a.Feedback, format) + "\n"));
    }

    private string? Numbers(string text, string format, Place at)
    {
        var answers = text.Contains('=', StringComparison.Ordinal) ? GiftText.Answers(text) : [GiftText.Answer(true, text)];
        var markdown = new StringBuilder();
        foreach (var answer in answers)
        {
            var parts = GiftText.Unescape(answer.Text).Split(':', 2);
            var range = answer.Text.Split("..", 2);
            if (range.Length == 2 && Number(range[0]) is { } low && Number(range[1]) is { } high && low <= high) parts = [Plain((low + high) / 2), Plain((high - low) / 2)];
            var tolerance = parts.Length == 2 ? Number(parts[1]) : 0;
            if (Number(parts[0]) is not { } value || tolerance is not >= 0) return Refuse(at, "gift-number", $"“{(answer.Text.Length <= 40 ? answer.Text : answer.Text[..40])}” is not a number, so the question was left out.", "Write it as “#75:0.5”.");
            if (answer.Weight is 0) markdown.Append("[[!").Append(Plain(value)).Append("]]").Append(Comment(answer.Feedback, format)).Append('\n');
            else if (markdown.Length == 0) markdown.Append("[[").Append(Plain(value)).Append(tolerance > 0 ? " ± " + Plain(tolerance.Value) : "").Append("]]\n");
            else _report.Warning(at, "gift-number", "Only the first of several accepted numbers was taken over.", "Widen its tolerance, if the others shall count, too.");
        }
        return markdown.ToString();
    }

    private static string TrueFalse(GiftAnswer answer, string format)
    {
        var isTrue = answer.Text.StartsWith("T", StringComparison.OrdinalIgnoreCase);
        var wrong = GiftText.Find(answer.Feedback, "#") is var hash and >= 0 ? answer.Feedback[..hash] : answer.Feedback;
        return $"[({(isTrue ? 'X' : ' ')})] True{(isTrue ? "" : Comment(wrong, format))}\n[({(isTrue ? ' ' : 'X')})] False{(isTrue ? Comment(wrong, format) : "")}\n";
    }

    private static string Pairs(List<GiftAnswer> answers, string format, string comment)
    {
        var pairs = answers.Select(a => GiftText.FindMark(a.Text, "->") is var i ? (Left: OneLine(a.Text[..i], format), Right: GiftMarkdown.Word(a.Text[(i + 2)..])) : default).ToList();
        if (comment.Contains("[tag:ordering]", StringComparison.Ordinal)) return string.Concat(pairs.Select((p, i) => $"[#{i + 1}] {p.Left}\n"));
        var columns = pairs.Select(p => p.Right).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return $"[{string.Join(' ', columns.Select(c => $"({c})"))}]\n" + string.Concat(pairs.Where(p => p.Left.Length > 0).Select(p =>
            $"[{string.Join(' ', columns.Select(c => string.Equals(c, p.Right, StringComparison.OrdinalIgnoreCase) ? "(X)" : "( )"))}] {p.Left}\n"));
    }

    private string? Refuse(Place at, string code, string message, string suggestion)
    {
        _report.Warning(at, code, message, suggestion);
        return null;
    }

    private static string OneLine(string text, string format) => GiftMarkdown.Of(text, format).Replace('\n', ' ').Trim();

    private static string Comment(string feedback, string format) =>
        OneLine(feedback, format).Replace("--", "–", StringComparison.Ordinal) is { Length: > 0 } text ? $" <!-- {text} -->" : "";

    private static (string Title, string Question) Title(string text)
    {
        if (!text.StartsWith("::", StringComparison.Ordinal)) return ("", text);
        var end = GiftText.FindMark(text[2..], "::");
        return end < 0 ? ("", text) : (GiftText.Unescape(text[2..(end + 2)]), text[(end + 4)..].TrimStart());
    }

    private string NewId(string wish)
    {
        var name = new string([.. wish.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
        name = string.Join('-', name.Split('-', StringSplitOptions.RemoveEmptyEntries));
        if (name.Length > 50) name = name[..50].TrimEnd('-');
        if (name.Length == 0) name = "gift";
        var count = _ids[name] = _ids.GetValueOrDefault(name) + 1;
        return count == 1 ? name : NewId(string.Create(CultureInfo.InvariantCulture, $"{name}-{count}"));
    }

    private static string? Tag(string comment, string opens)
    {
        var start = comment.IndexOf(opens, StringComparison.Ordinal);
        var end = start < 0 ? -1 : comment.IndexOf(']', start);
        return end < 0 ? null : comment[(start + opens.Length)..end].Trim();
    }

    private static decimal? Number(string text) =>
        decimal.TryParse(text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var n) && Math.Abs(n) <= 1e15m ? n : null;

    private static string Plain(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
