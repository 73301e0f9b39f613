using Lms.Manuscripts.Files;
using Lms.Manuscripts.Findings;
using Lms.Manuscripts.Markdown;

namespace Lms.Manuscripts.Questions.Notation;

/// <summary>An item with the places that later checks speak of.</summary>
internal sealed record ReadItem(Item Item, ItemHead Head, Place At);

/// <summary>Understands one question. Returns null, with findings, when it can't.</summary>
internal sealed partial class ItemReader(Scope scope, bool inBank)
{
    private Report Report => scope.Report;

    /// <param name="raw">The question as cut out of the text.</param>
    /// <param name="id">Its id when it names none itself; null when it must.</param>
    /// <param name="objective">Its objective when it names none itself; null when it must.</param>
    public ReadItem? Read(RawItem raw, string? id, string? objective)
    {
        var head = ItemHead.Read(raw, scope.Standards, Report);
        if ((head.Id ?? id) is null) Report.Error(head.At, "item-id", "The question has no id.", "Write “id: …” into its item comment.");
        if ((head.Objective ?? objective) is null) Report.Error(head.At, "item-objective", "The question names no objective.", "Write “objective: …” with the id of an objective of a lesson.");
        scope.InItem = true;
        var prefix = scope.IdPrefix;
        scope.IdPrefix = prefix + (head.Id ?? id ?? "item") + "-";
        try
        {
            var errors = Report.Errors;
            var basis = new Basis
            {
                Id = head.Id ?? id ?? "", Objective = head.Objective ?? objective ?? "", Difficulty = head.Difficulty ?? 2, Clause = head.Clause, Critical = head.Critical,
                Stem = MarkdownText.Block(raw.Stem, scope), Hints = [.. raw.Hints.Select(h => MarkdownText.Block(h, scope).Html)],
                Rationale = raw.Rationale is null ? "" : MarkdownText.Block(raw.Rationale, scope).Html,
            };
            if (basis.Stem.Text.Length == 0 && basis.Stem.Html.Length == 0 && raw.Cloze is null)
                Report.Error(raw.At, "item-stem", "The question asks nothing.", "Write the question above its answers.");
            if (inBank && basis.Rationale.Length == 0)
                Report.Error(raw.At, "rationale-missing", "The question has no rationale for its key.", "Explain the key between two lines of “****” behind the answers.");
            var item = raw.Cloze is { } text ? Cloze(text, basis) : Answered(raw, basis);
            return item is null || Report.Errors > errors && basis.Id.Length == 0 ? null : new ReadItem(item, head, raw.At);
        }
        finally
        {
            (scope.InItem, scope.IdPrefix) = (false, prefix);
        }
    }

    private Item? Answered(RawItem raw, Basis basis)
    {
        if (raw.Answers.Count == 0)
        {
            Report.Error(raw.At, "item-answers", "The question has no answers.", "Write them below it, such as “[(X)] right” and “[( )] wrong”.");
            return null;
        }
        var marks = raw.Answers.Select(a => a.Mark).Distinct().ToList();
        return marks switch
        {
            [Mark.Choice] => Choice(raw, basis, multiple: false),
            [Mark.Multiple] => Choice(raw, basis, multiple: true),
            [Mark.Step] => Ordering(raw, basis),
            [Mark.Column, Mark.Row] when raw.Answers.Count(a => a.Mark == Mark.Column) == 1 => Matching(raw, basis),
            [Mark.Gap] or [Mark.Gap, Mark.Mistake] when raw.Answers.Count(a => a.Mark == Mark.Gap) == 1 => Typed(raw, basis),
            _ => Mixed(raw, marks),
        };
    }

    private Item? Mixed(RawItem raw, List<Mark> marks)
    {
        var at = raw.Answers.First(a => a.Mark == marks[^1]).At;
        if (marks is [Mark.Row] or [Mark.Column])
            Report.Error(at, "matching-shape", marks[0] == Mark.Row ? "The rows have no line of columns above them." : "The columns have no rows below them.",
                "Write “[(one column) (another)]” and then a row each, such as “[(X) ( )] text”.");
        else if (marks is [Mark.Gap]) Report.Error(raw.Answers[1].At, "item-mixed", "The question has two answers to type.", "Accept either with “[[one|other]]”, or write two questions.");
        else Report.Error(at, "item-mixed", "The question mixes answers of different kinds.", "Use one kind of answer in a question, and a blank line and an item comment before the next.");
        return null;
    }

    private ChoiceItem Choice(RawItem raw, Basis basis, bool multiple)
    {
        var options = raw.Answers.Select(a => Option(a, a.Inside.Contains('x', StringComparison.OrdinalIgnoreCase))).ToList();
        CheckKey(raw.At, options, multiple);
        return Complete(new ChoiceItem { Id = "", Objective = "", StemHtml = "", StemText = "", Options = options, Multiple = multiple }, basis);
    }

    private void CheckKey(Place at, List<Option> options, bool multiple)
    {
        var right = options.Count(o => o.Right);
        if (right == 0) Report.Error(at, "key-missing", "No answer is marked as right.", multiple ? "Mark what is right with “[[X]]”." : "Mark the right one with “[(X)]”.");
        if (right > 1 && !multiple) Report.Error(at, "key-several", $"{right} answers of a single choice are marked as right.", "Mark one, or write “[[X]]” and “[[ ]]” for a multiple choice.");
        if (options.Count < 2) Report.Error(at, "options-few", "There is only one answer to choose from.", "Add at least one wrong answer.");
        if (options.Count > 26) Report.Error(at, "options-many", $"There are {options.Count} answers to choose from.", "Offer at most 26.");
        if (options.Where(o => o.Text.Length > 0).GroupBy(o => o.Text, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            Report.Error(at, "options-same", $"Two answers read “{Short(twice.Key)}”.", "Change or remove one.");
    }

    private Option Option(RawAnswer answer, bool right)
    {
        if (answer.Text.IsBlank) Report.Error(answer.At, "option-empty", "An answer has no text.", "Write it behind the brackets.");
        var text = MarkdownText.Inline(answer.Text, scope);
        var (code, rationale) = Comment(answer);
        if (inBank && !right && rationale.Length == 0 && answer.Mark != Mark.Step)
            Report.Error(answer.At, "rationale-missing", $"The wrong answer “{Short(text.Text)}” has no rationale.", "Say why it is wrong in a comment behind it: <!-- part: … -->.");
        return new Option(text.Html, text.Text, right, code, rationale);
    }

    private OrderingItem Ordering(RawItem raw, Basis basis)
    {
        var steps = raw.Answers.Select(a => (Number: int.TryParse(a.Inside.TrimStart('#'), out var n) ? n : -1, Answer: a)).OrderBy(s => s.Number).ToList();
        for (var i = 0; i < steps.Count; i++)
            if (steps[i].Number != i + 1)
            {
                Report.Error(steps[i].Answer.At, "ordering-numbers", $"The steps are not numbered from 1 to {steps.Count}, each once.", $"Write [#{i + 1}] here.");
                break;
            }
        if (steps.Count < 2) Report.Error(raw.At, "options-few", "There is only one step to put in order.", "Add more steps.");
        return Complete(new OrderingItem { Id = "", Objective = "", StemHtml = "", StemText = "", Steps = [.. steps.Select(s => Option(s.Answer, right: true))] }, basis);
    }

    private MatchingItem? Matching(RawItem raw, Basis basis)
    {
        var head = raw.Answers[0];
        var columns = Marks.Cells($"[{head.Inside}]") ?? [];
        if (head.Mark != Mark.Column || columns.Any(c => c.Length == 0)) return (MatchingItem?)Mixed(raw, [Mark.Row]);
        if (columns.Distinct(StringComparer.OrdinalIgnoreCase).Count() < columns.Count)
            Report.Error(head.At, "matching-shape", "Two columns have the same name.", "Change or remove one.");
        var rows = raw.Answers.Skip(1).Select(a => Row(a, columns.Count)).ToList();
        return Complete(new MatchingItem { Id = "", Objective = "", StemHtml = "", StemText = "", Columns = columns, Rows = rows }, basis);
    }

    private MatchingRow Row(RawAnswer answer, int columns)
    {
        var cells = Marks.Cells($"[{answer.Inside}]") ?? [];
        if (cells.Count != columns)
            Report.Error(answer.At, "matching-shape", $"The row has {cells.Count} cells, and there are {columns} columns.", "Give it one pair of brackets for each column.");
        if (cells.Count(c => c.Length > 0) != 1)
            Report.Error(answer.At, "matching-key", "A row must have exactly one right column.", "Mark it with (X) and leave the others ( ).");
        if (answer.Text.IsBlank) Report.Error(answer.At, "option-empty", "A row has no text.", "Write it behind the brackets.");
        var text = MarkdownText.Inline(answer.Text, scope);
        var (code, rationale) = Comment(answer);
        return new MatchingRow(text.Html, text.Text, Math.Max(0, cells.FindIndex(c => c.Length > 0)), code, rationale);
    }

    private (string? Code, string Html) Comment(RawAnswer answer)
    {
        if (answer.Comments.Count > 1)
            Report.Error(answer.Comments[1].Start, "rationale-several", "An answer has two comments.", "Join them into one.");
        return answer.Comments.Count == 0 ? (null, "") : Rationale(answer.Comments[0]);
    }

    private (string? Code, string Html) Rationale(Fragment comment)
    {
        var (code, text) = ReasonCode.Split(comment, Report);
        return (code, MarkdownText.Inline(text, scope).Html);
    }

    private static T Complete<T>(T item, Basis b) where T : Item => (T)(item with
    {
        Id = b.Id, Objective = b.Objective, Difficulty = b.Difficulty, Clause = b.Clause, Critical = b.Critical,
        StemHtml = b.Stem.Html, StemText = b.Stem.Text, Hints = b.Hints, RationaleHtml = b.Rationale,
    });

    internal static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    // What every kind of item has.
    private sealed record Basis
    {
        public required string Id { get; init; }
        public required string Objective { get; init; }
        public required int Difficulty { get; init; }
        public required Courses.StandardRef? Clause { get; init; }
        public required bool Critical { get; init; }
        public required Rendered Stem { get; init; }
        public required IReadOnlyList<string> Hints { get; init; }
        public required string Rationale { get; init; }
    }
}
