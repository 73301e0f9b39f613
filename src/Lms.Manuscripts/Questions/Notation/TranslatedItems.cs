using System.Globalization;
using Lms.Manuscripts.Findings;

namespace Lms.Manuscripts.Questions.Notation;

/// <summary>Holds translated questions against their source: the same ids, order, kinds and keys.</summary>
internal static class TranslatedItems
{
    /// <summary>The translations, each with its source's objective, difficulty, clause and weight.</summary>
    public static IReadOnlyList<Item> Match(IReadOnlyList<ReadItem> source, IReadOnlyList<ReadItem> translated, Place file, Report report)
    {
        var known = source.Select(s => s.Item.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var extra in translated.Where(t => !known.Contains(t.Item.Id)))
            report.Error(extra.At, "translation-item-extra", $"The source has no question “{extra.Item.Id}”.", Nearest.Suggest(extra.Item.Id, known));
        var ids = translated.Select(t => t.Item.Id).ToHashSet(StringComparer.Ordinal);
        var missing = source.Where(s => !ids.Contains(s.Item.Id)).Select(s => s.Item.Id).ToList();
        if (missing.Count > 0)
            report.Error(file, "translation-item-missing", $"The translation lacks {string.Join(", ", missing.Take(8))}{(missing.Count > 8 ? " …" : "")}.", "Translate these questions, too.");
        if (missing.Count > 0 || translated.Count != source.Count) return [];
        var items = new List<Item>();
        for (var i = 0; i < source.Count; i++)
        {
            if (source[i].Item.Id != translated[i].Item.Id)
            {
                report.Error(translated[i].At, "translation-order", $"The source has “{source[i].Item.Id}” here.", "Keep the questions in the source's order.");
                return [];
            }
            items.Add(Match(source[i].Item, translated[i], report));
        }
        return items;
    }

    private static Item Match(Item source, ReadItem translated, Report report)
    {
        var item = translated.Item;
        var (wanted, got) = (Shape(source), Shape(item));
        if (wanted != got)
            report.Error(translated.At, "translation-item-differs", $"“{item.Id}” is {got}; its source is {wanted}.", "Keep the kind, the number and order of answers, and the key; translate the words only.");
        if (translated.Head.Objective is { } objective && objective != source.Objective || translated.Head.Difficulty is { } difficulty && difficulty != source.Difficulty
            || translated.Head.Critical && !source.Critical)
            report.Error(translated.Head.At, "translation-head-differs", $"The item comment of “{item.Id}” differs from its source.", "Repeat it, or leave out all but the id.");
        return item with { Objective = source.Objective, Difficulty = source.Difficulty, Clause = source.Clause, Critical = source.Critical };
    }

    private static string Shape(Item item) => item switch
    {
        ChoiceItem c => $"a {(c.List ? "list" : c.Multiple ? "multiple choice" : "single choice")} with the key {Key(c.Options.Select(o => o.Right))}",
        TextItem => "a text to type",
        NumberItem n => string.Create(CultureInfo.InvariantCulture, $"the number {n.Value} ± {n.Tolerance} with {n.Mistakes.Count} expected mistakes"),
        ClozeItem c => $"a cloze with the gaps {string.Join(", ", c.Gaps.Select(Shape))}",
        MatchingItem m => $"a matching of {m.Columns.Count} columns with the key {string.Join(' ', m.Rows.Select(r => r.Column + 1))}",
        OrderingItem o => $"an order of {o.Steps.Count} steps",
        _ => "a question",
    };

    private static string Shape(Gap gap) => gap.Choices.Count > 0 ? $"{gap.Choices.ToList().IndexOf(gap.Answers[0]) + 1} of {gap.Choices.Count}"
        : gap.Value is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value} ± {gap.Tolerance}") : "text";

    private static string Key(IEnumerable<bool> right) => string.Concat(right.Select(r => r ? 'X' : '–'));
}
