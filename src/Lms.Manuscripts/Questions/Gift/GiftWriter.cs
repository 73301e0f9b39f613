using System.Globalization;
using System.Net;
using System.Text;

namespace Lms.Manuscripts.Questions.Gift;

/// <summary>Writes one item as GIFT.</summary>
internal static class GiftWriter
{
    public static IEnumerable<string> Write(Item item) => item is ClozeItem cloze ? Cloze(cloze) : [Question(item, item.Id, Stem(item.StemHtml), Answers(item), "")];

    private static string Question(Item item, string id, string stem, string answers, string tail)
    {
        var gift = new StringBuilder("// [id:").Append(id).Append("] [tag:objective=").Append(item.Objective).Append("] [tag:difficulty=").Append(item.Difficulty.ToString(CultureInfo.InvariantCulture)).Append(']');
        if (item.Clause is { } clause) gift.Append(CultureInfo.InvariantCulture, $" [tag:clause={clause.Document} {clause.Year} {clause.Clause}]");
        if (item.Critical) gift.Append(" [tag:critical]");
        if (item is OrderingItem) gift.Append(" [tag:ordering]");
        if (item is ChoiceItem { List: true }) gift.Append(" [tag:list]");
        gift.Append("\n::").Append(Escape(id)).Append("::").Append(stem).Append(" {\n").Append(answers);
        if (item.RationaleHtml.Length > 0) gift.Append("####[html]").Append(Escape(item.RationaleHtml)).Append('\n');
        return gift.Append('}').Append(tail).Append('\n').ToString();
    }

    private static string Answers(Item item) => item switch
    {
        ChoiceItem { Multiple: true } c => string.Concat(c.Options.Select(o => $"~%{Weight(o, c.Options)}%{Html(o.Html)}{Feedback(o.RationaleHtml)}\n")),
        ChoiceItem c => string.Concat(c.Options.Select(o => $"{(o.Right ? '=' : '~')}{Html(o.Html)}{Feedback(o.RationaleHtml)}\n")),
        TextItem t => string.Concat(t.Answers.Select(a => $"={Escape(a)}\n")),
        NumberItem n => $"#\n={Number(n.Value)}:{Number(n.Tolerance)}\n" + string.Concat(n.Mistakes.Select(m => $"=%0%{Number(m.Value)}:0{Feedback(m.RationaleHtml)}\n")),
        MatchingItem m => string.Concat(m.Rows.Select(r => $"={Html(r.Html)} -> {Escape(m.Columns[r.Column])}\n")),
        OrderingItem o => string.Concat(o.Steps.Select((s, i) => $"={Html(s.Html)} -> {i + 1}\n")),
        _ => "",
    };

    // GIFT has one gap in a question, so the other gaps are shown filled.
    private static IEnumerable<string> Cloze(ClozeItem item)
    {
        var gaps = item.Gaps.ToList();
        for (var i = 0; i < gaps.Count; i++)
        {
            var (before, after) = (new StringBuilder(item.StemHtml), new StringBuilder());
            var seen = 0;
            foreach (var part in item.Parts)
            {
                var text = part.Gap is { } gap ? WebUtility.HtmlEncode(gap.Answers[0]) : part.Html;
                if (part.Gap is not null && seen++ == i) continue;
                (seen > i ? after : before).Append(text);
            }
            var answers = gaps[i] switch
            {
                { Choices.Count: > 0 } g => string.Concat(g.Choices.Select(c => $"{(g.Answers.Contains(c) ? '=' : '~')}{Escape(c)}\n")),
                { Value: { } value } g => $"#{Number(value)}:{Number(g.Tolerance)}\n",
                var g => string.Concat(g.Answers.Select(a => $"={Escape(a)}\n")),
            };
            yield return Question(item, gaps.Count == 1 ? item.Id : $"{item.Id}-gap-{i + 1}", Stem(before.ToString()), answers, " " + Escape(after.ToString().Trim()));
        }
    }

    private static string Stem(string html) => "[html]" + Escape(html);

    private static string Html(string html) => html.AsSpan().ContainsAny('<', '&') ? "[html]" + Escape(html) : Escape(html);

    private static string Feedback(string html) => html.Length == 0 ? "" : "#" + Html(html);

    // Moodle knows the fractions 100/n to five decimals.
    private static string Weight(Option option, IReadOnlyList<Option> all)
    {
        var share = 100m / Math.Max(1, all.Count(o => o.Right == option.Right));
        return (option.Right ? "" : "-") + Math.Round(share, 5).ToString("0.#####", CultureInfo.InvariantCulture);
    }

    private static string Number(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text.Replace("\n", " ", StringComparison.Ordinal))
        {
            if (c is '~' or '=' or '#' or '{' or '}' or ':' or '\\') escaped.Append('\\');
            escaped.Append(c);
        }
        return escaped.ToString();
    }
}
