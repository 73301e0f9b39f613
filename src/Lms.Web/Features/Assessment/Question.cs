using System.Globalization;
using Lms.Manuscripts.Questions;

namespace Lms.Web.Features.Assessment;

/// <summary>How <c>_Question</c> shows an item. The key and its reasons are drawn only from a <see cref="Question.Grade"/>.</summary>
public enum QuestionMode
{
    /// <summary>To be answered; nothing of the key reaches the page.</summary>
    Answer,
    /// <summary>Answered and explained; may be answered again.</summary>
    Feedback,
    /// <summary>Answered and explained, for reading only.</summary>
    Review,
}

/// <summary>One question on a page, drawn by <c>_Question</c> inside the page's form.</summary>
public sealed record Question(Item Item, IReadOnlyList<int> Order, QuestionMode Mode)
{
    /// <summary>What was answered, in the item's own indexes; empty when nothing was.</summary>
    public IReadOnlyList<string> Response { get; init; } = [];
    public AnswerProblem Problem { get; init; }
    /// <summary>For example "Question 4 of 20"; null where it has no number.</summary>
    public string? Heading { get; init; }
    /// <summary>Its name in a form that saves by itself; null elsewhere.</summary>
    public string? Part { get; init; }
    /// <summary>What its own button says; null where the page has one.</summary>
    public string? Button { get; init; }
    /// <summary>The language of its text.</summary>
    public required string Language { get; init; }

    public string Id => $"q-{Item.Id}";
    public bool IsExplained => Mode != QuestionMode.Answer;
    public bool IsReadOnly => Mode == QuestionMode.Review;
    public Grade? Grade => IsExplained ? _grade ??= Item.Grade(Response) : null;
    public string Part0 => Response.Count > 0 ? Response[0] : "";
    private Grade? _grade;

    public bool Has(int index) => Response.Contains(index.ToString(CultureInfo.InvariantCulture));

    /// <summary>What is wrong with the answer, as the key of its text.</summary>
    public string ProblemText => (Problem, Item) switch
    {
        (AnswerProblem.Repeated, _) => "Two steps have the same place. Give each a place of its own.",
        (AnswerProblem.Incomplete, ClozeItem) => "Fill in every gap.",
        (AnswerProblem.Incomplete, _) => "Answer every row.",
        (_, ChoiceItem { Multiple: true }) => "Choose at least one answer.",
        (_, ChoiceItem) => "Choose an answer.",
        _ => "Write an answer.",
    };

    public string VerdictText(Grade grade)
    {
        ArgumentNullException.ThrowIfNull(grade);
        return grade.Correct ? "Right" : Response.Count == 0 ? "Not answered" : grade.Score > 0 ? "Partly right" : "Not right";
    }

    /// <summary>The key of a question that is answered by typing.</summary>
    public string KeyText => Item switch
    {
        TextItem text => text.Answers[0],
        NumberItem number => NumberText(number.Value, number.Tolerance) + (number.Unit.Length > 0 ? $" {number.Unit}" : ""),
        _ => "",
    };

    public static string KeyOf(Gap gap)
    {
        ArgumentNullException.ThrowIfNull(gap);
        return gap.Value is { } value ? NumberText(value, gap.Tolerance) : gap.Answers[0];
    }

    /// <summary>Whether one gap of a cloze is right: the whole graded with every other gap as its key has it.</summary>
    public bool IsGapRight(int gap)
    {
        var parts = ((ClozeItem)Item).Gaps.Select((g, i) => i == gap ? Response.ElementAtOrDefault(i) ?? "" : PlainKeyOf(g)).ToList();
        return Item.Grade(parts).Correct;
    }

    /// <summary>The steps in the learner's order, or as shuffled: the field's number, the step, and its place, 0 for none.</summary>
    public IReadOnlyList<(int Place, int Index, int Position)> StepsAsAnswered()
    {
        var answered = Response.Select((step, at) => (step, at)).ToDictionary(s => s.step, s => s.at + 1);
        return [.. Order
            .Select((index, place) => (place, index, answered.GetValueOrDefault(index.ToString(CultureInfo.InvariantCulture))))
            .OrderBy(s => s.Item3)];
    }

    private static string PlainKeyOf(Gap gap) => gap.Value?.ToString(CultureInfo.InvariantCulture) ?? gap.Answers[0];

    private static string NumberText(decimal value, decimal tolerance) => tolerance == 0
        ? Shared.Numbers.Text(value, Decimals(value))
        : $"{Shared.Numbers.Text(value, Decimals(value))} ± {Shared.Numbers.Text(tolerance, Decimals(tolerance))}";

    private static int Decimals(decimal value) => (value / 1.0000000000000000000000000000m).Scale;
}
