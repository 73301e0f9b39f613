using System.Globalization;
using Lms.Manuscripts.Files;
using Lms.Manuscripts.Findings;
using Lms.Manuscripts.Markdown;

namespace Lms.Manuscripts.Questions.Notation;

/// <summary>Answers in double brackets: a text, a number or a choice in a list; alone, or as gaps in a sentence.</summary>
internal sealed partial class ItemReader
{
    private Item? Typed(RawItem raw, Basis basis)
    {
        var answer = raw.Answers[0];
        if (answer.Mark != Mark.Gap) return Mixed(raw, [Mark.Mistake, Mark.Mistake]);
        if (Understand(answer.Inside, answer.At) is not { } gap) return null;
        if (gap.Choices.Count > 0) return List(raw, gap, basis);
        if (gap.Value is not { } value)
        {
            if (raw.Answers.Count > 1) Report.Error(raw.Answers[1].At, "item-mixed", "Expected mistakes belong to a number, and the answer is a text.", "Remove “[[!…]]”, or make the answer a number.");
            if (!answer.Text.IsBlank) Report.Error(answer.Text.Start, "unit-without-number", "A unit follows an answer that is not a number.", "Remove it, or write the answer as a number such as “[[75 ± 0.5]]”.");
            return Complete(new TextItem { Id = "", Objective = "", StemHtml = "", StemText = "", Answers = gap.Answers }, basis);
        }
        var mistakes = raw.Answers.Skip(1).Select(Mistake).OfType<ExpectedMistake>().ToList();
        foreach (var (m, i) in mistakes.Select((m, i) => (m, i)))
            if (Math.Abs(m.Value - value) <= gap.Tolerance) Report.Error(raw.Answers[i + 1].At, "mistake-right", $"The expected mistake {m.Value.ToString(CultureInfo.InvariantCulture)} counts as right.", "Change it, or make the tolerance smaller.");
        return Complete(new NumberItem
        {
            Id = "", Objective = "", StemHtml = "", StemText = "", Value = value, Tolerance = gap.Tolerance, Unit = PlainUnit(answer.Text), Mistakes = mistakes,
        }, basis);
    }

    private string PlainUnit(Fragment text) => text.IsBlank ? "" : MarkdownText.Inline(text, scope).Text;

    private ExpectedMistake? Mistake(RawAnswer answer)
    {
        if (NumberNotation.Parse(answer.Inside.Trim().TrimStart('!')) is not { } value)
        {
            Report.Error(answer.At, "number-malformed", $"“{Short(answer.Inside)}” is not a number.", "Write an expected mistake as “[[!150]]”.");
            return null;
        }
        var (code, rationale) = Comment(answer);
        if (inBank && rationale.Length == 0) Report.Error(answer.At, "rationale-missing", "The expected mistake has no rationale.", "Say what went wrong in a comment behind it: <!-- num: … -->.");
        return new ExpectedMistake(value.Value, code, rationale);
    }

    // The comments behind a list explain its wrong choices in order.
    private ChoiceItem List(RawItem raw, Gap gap, Basis basis)
    {
        var answer = raw.Answers[0];
        var wrong = gap.Choices.Count - 1;
        if (answer.Comments.Count > wrong || inBank && answer.Comments.Count < wrong)
            Report.Error(answer.At, "rationale-missing", $"The list has {wrong} wrong choices and {answer.Comments.Count} rationales.", "Write one comment for each wrong choice behind the list, in the same order.");
        if (raw.Answers.Count > 1) Report.Error(raw.Answers[1].At, "item-mixed", "Expected mistakes belong to a number, and the answer is a list.", "Remove “[[!…]]”.");
        var next = 0;
        var options = new List<Option>();
        foreach (var choice in gap.Choices)
        {
            var right = choice == gap.Answers[0];
            var (code, rationale) = right || next >= answer.Comments.Count ? (null, "") : Rationale(answer.Comments[next++]);
            options.Add(new Option(System.Net.WebUtility.HtmlEncode(choice), choice, right, code, rationale));
        }
        CheckKey(raw.At, options, multiple: false);
        return Complete(new ChoiceItem { Id = "", Objective = "", StemHtml = "", StemText = "", Options = options, List = true }, basis);
    }

    private Item? Cloze(Fragment text, Basis basis)
    {
        var parts = new List<ClozePart>();
        var plain = new System.Text.StringBuilder(basis.Stem.Text).Append(' ');
        var start = 0;
        for (var open = Marks.FirstGap(text.Text); open >= 0; open = Marks.FirstGap(text.Text, start))
        {
            var close = text.Text.IndexOf("]]", open + 2, StringComparison.Ordinal);
            if (Understand(text.Text[(open + 2)..close], text.At(open)) is not { } gap) return null;
            Words(text.Slice(start, open), parts, plain);
            parts.Add(new ClozePart(null, gap));
            plain.Append("____");
            start = close + 2;
        }
        Words(text.Slice(start, text.Text.Length), parts, plain);
        if (parts.Count(p => p.Gap is not null) > 20) Report.Error(text.Start, "gaps-many", "The text has more than 20 gaps.", "Divide the question.");
        var item = Complete(new ClozeItem { Id = "", Objective = "", StemHtml = "", StemText = "", Parts = parts }, basis);
        return item with { StemText = plain.ToString().Trim() };
    }

    // Markdown drops the spaces at the ends of a text, and between a word and a gap they matter.
    private void Words(Fragment words, List<ClozePart> parts, System.Text.StringBuilder plain)
    {
        if (words.Text.Length == 0) return;
        var before = char.IsWhiteSpace(words.Text[0]) ? " " : "";
        var after = words.Text.Length > 1 && char.IsWhiteSpace(words.Text[^1]) ? " " : "";
        if (words.IsBlank)
        {
            parts.Add(new ClozePart(words.Text.Contains("\n\n", StringComparison.Ordinal) ? "<br>" : " ", null));
            plain.Append(' ');
            return;
        }
        var text = MarkdownText.Inline(words.Trim(), scope);
        parts.Add(new ClozePart(before + text.Html + after, null));
        plain.Append(before).Append(text.Text).Append(after);
    }

    private Gap? Understand(string inside, Place at)
    {
        var text = inside.Trim();
        if (text.Length is 0 or > 500)
        {
            Report.Error(at, "gap-empty", text.Length == 0 ? "The gap holds no answer." : "The answer has more than 500 characters.", "Write a short answer between the brackets.");
            return null;
        }
        var choices = text.Replace("\\|", "|", StringComparison.Ordinal).Split('|', StringSplitOptions.TrimEntries);
        var right = choices.Where(c => c.Length > 2 && c[0] == '(' && c[^1] == ')').ToList();
        if (choices.Length > 1 && right.Count > 0) return Choices(choices, right, at);
        if (choices.Length == 1 && NumberNotation.Parse(text) is { } number) return new Gap([number.Value.ToString(CultureInfo.InvariantCulture)], [], number.Value, number.Tolerance);
        if (text.Contains('±', StringComparison.Ordinal) && char.IsAsciiDigit(text.TrimStart('-', '−')[0]))
            Report.Error(at, "number-malformed", $"“{Short(text)}” is not a number with a tolerance.", "Write “[[75 ± 0.5]]” or “[[75 ± 2 %]]”.");
        if (choices.Any(c => c.Length == 0)) Report.Error(at, "gap-empty", "One of the accepted answers is empty.", "Remove the surplus “|”.");
        return new Gap([.. choices.Distinct(StringComparer.Ordinal)], [], null, 0);
    }

    private Gap? Choices(string[] choices, List<string> right, Place at)
    {
        var all = choices.Select(c => right.Contains(c) ? c[1..^1].Trim() : c).ToList();
        if (right.Count == 1 && all.All(c => c.Length > 0) && all.Distinct(StringComparer.OrdinalIgnoreCase).Count() == all.Count)
            return new Gap([right[0][1..^1].Trim()], all, null, 0);
        Report.Error(at, "list-key", right.Count > 1 ? "Several choices of the list are in round brackets." : "Two choices of the list are the same, or one is empty.",
            "Put exactly one choice, the right one, into round brackets, and make all differ.");
        return null;
    }
}

/// <summary>A number with its tolerance as authors write it.</summary>
internal static class NumberNotation
{
    public static (decimal Value, decimal Tolerance)? Parse(string text)
    {
        var parts = text.Split('±', StringSplitOptions.TrimEntries);
        if (parts.Length > 2 || Number(parts[0]) is not { } value) return null;
        if (parts.Length == 1) return (value, 0);
        var percent = parts[1].EndsWith('%');
        if (Number(parts[1].TrimEnd('%', ' ')) is not { } tolerance || tolerance < 0 || percent && tolerance > 100) return null;
        return (value, percent ? Math.Abs(value) * tolerance / 100 : tolerance);
    }

    private static decimal? Number(string text)
    {
        var plain = new string([.. text.Where(c => c is not (' ' or '\u00A0' or '\u202F'))]).Replace('−', '-').Replace(',', '.');
        return decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= 1e15m ? value : null;
    }
}
