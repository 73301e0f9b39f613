using System.Globalization;

namespace Lms.Manuscripts.Questions;

/// <summary>Grades responses. A malformed response is wrong.</summary>
internal static class Grading
{
    private static readonly Grade s_wrong = new(false, 0, []);

    public static Grade Choice(ChoiceItem item, IReadOnlyList<string> response)
    {
        if (Indexes(response, item.Options.Count) is not { Count: > 0 } chosen || !item.Multiple && chosen.Count != 1) return s_wrong;
        var key = item.Options.Count(o => o.Right);
        var right = chosen.Count(i => item.Options[i].Right);
        var wrong = chosen.Count - right;
        var feedback = chosen.Order().Select(i => (i, o: item.Options[i])).Where(c => c.o.RationaleHtml.Length > 0)
            .Select(c => new Feedback(c.i, c.o.Code, c.o.RationaleHtml)).ToList();
        var correct = wrong == 0 && right == key;
        return new Grade(correct, correct ? 1 : !item.Multiple ? 0 : Math.Max(0, right - wrong) / (double)Math.Max(1, key), feedback);
    }

    public static Grade Text(TextItem item, IReadOnlyList<string> response) =>
        response is [{ } answer] && item.Answers.Any(a => Answers.SameText(a, answer)) ? new Grade(true, 1, []) : s_wrong;

    public static Grade Number(NumberItem item, IReadOnlyList<string> response)
    {
        if (response is not [{ } answer]) return s_wrong;
        var values = Answers.Numbers(answer, item.Unit);
        if (values.Any(v => Answers.Near(v, item.Value, item.Tolerance))) return new Grade(true, 1, []);
        var feedback = item.Mistakes.Select((m, i) => (m, i)).Where(x => values.Any(v => Answers.Near(v, x.m.Value, item.Tolerance)))
            .Select(x => new Feedback(x.i, x.m.Code, x.m.RationaleHtml)).Take(1).ToList();
        return new Grade(false, 0, feedback);
    }

    public static Grade Cloze(ClozeItem item, IReadOnlyList<string> response)
    {
        var gaps = item.Gaps.ToList();
        if (response is null || response.Count > gaps.Count || gaps.Count == 0) return s_wrong;
        var right = gaps.Where((g, i) => i < response.Count && response[i] is { } answer && IsRight(g, answer)).Count();
        return new Grade(right == gaps.Count, right / (double)gaps.Count, []);
    }

    public static Grade Matching(MatchingItem item, IReadOnlyList<string> response)
    {
        if (response is null || response.Count > item.Rows.Count || item.Rows.Count == 0) return s_wrong;
        var right = 0;
        var feedback = new List<Feedback>();
        for (var i = 0; i < item.Rows.Count; i++)
        {
            var row = item.Rows[i];
            if (i < response.Count && Index(response[i], item.Columns.Count) == row.Column) right++;
            else if (row.RationaleHtml.Length > 0) feedback.Add(new Feedback(i, row.Code, row.RationaleHtml));
        }
        return new Grade(right == item.Rows.Count, right / (double)item.Rows.Count, feedback);
    }

    public static Grade Ordering(OrderingItem item, IReadOnlyList<string> response)
    {
        if (Indexes(response, item.Steps.Count) is not { } order || order.Count != item.Steps.Count || order.Count == 0) return s_wrong;
        var right = order.Where((step, place) => step == place).Count();
        var feedback = order.Select((step, place) => (step, place)).Where(s => s.step != s.place && item.Steps[s.step].RationaleHtml.Length > 0)
            .OrderBy(s => s.step).Select(s => new Feedback(s.step, item.Steps[s.step].Code, item.Steps[s.step].RationaleHtml)).ToList();
        return new Grade(right == order.Count, right / (double)order.Count, feedback);
    }

    private static bool IsRight(Gap gap, string answer) => gap switch
    {
        { Choices.Count: > 0 } => gap.Answers.Contains(answer, StringComparer.Ordinal) || gap.Answers.Any(a => Answers.SameText(a, answer)),
        { Value: { } value } => Answers.Numbers(answer, "").Any(v => Answers.Near(v, value, gap.Tolerance)),
        _ => gap.Answers.Any(a => Answers.SameText(a, answer)),
    };

    // Null when an index is malformed, out of range or named twice.
    private static List<int>? Indexes(IReadOnlyList<string> response, int count)
    {
        if (response is null || response.Count > count) return null;
        var indexes = response.Select(r => Index(r, count)).ToList();
        return indexes.Contains(-1) || indexes.Distinct().Count() != indexes.Count ? null : indexes;
    }

    private static int Index(string? text, int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < count ? index : -1;
}
