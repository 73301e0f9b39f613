using System.Text.Json.Serialization;

namespace Lms.Manuscripts.Questions;

/// <summary>A question in one language with its key and its rationales. Grading is in <see cref="Grade"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ChoiceItem), "choice")]
[JsonDerivedType(typeof(TextItem), "text")]
[JsonDerivedType(typeof(NumberItem), "number")]
[JsonDerivedType(typeof(ClozeItem), "cloze")]
[JsonDerivedType(typeof(MatchingItem), "matching")]
[JsonDerivedType(typeof(OrderingItem), "ordering")]
public abstract record Item
{
    /// <summary>Unique in the course, the same in every language.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the objective that the item measures.</summary>
    public required string Objective { get; init; }

    /// <summary>1 easy, 2 middling, 3 hard.</summary>
    public int Difficulty { get; init; } = 2;

    /// <summary>The clause that the key rests on.</summary>
    public Courses.StandardRef? Clause { get; init; }

    /// <summary>True when an assessment fails with this item wrong, whatever its score.</summary>
    public bool Critical { get; init; }

    /// <summary>What is asked: sanitised HTML. For a cloze it may be empty.</summary>
    public required string StemHtml { get; init; }

    /// <summary>What is asked, as plain text: for statements and reports.</summary>
    public required string StemText { get; init; }

    /// <summary>Hints in order, sanitised HTML.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];

    /// <summary>Why the key is the key: sanitised HTML; may be empty in a knowledge check.</summary>
    public string RationaleHtml { get; init; } = "";

    /// <summary>
    /// Grades a response. The response is a list of strings, one meaning for each kind of item:
    /// choice: the indexes of the chosen options; text and number: one string as typed; cloze: one string a gap in order;
    /// matching: for each row in order the index of the chosen column; ordering: option indexes in the learner's order.
    /// An absent, surplus or malformed response is wrong, never an error.
    /// </summary>
    public abstract Grade Grade(IReadOnlyList<string> response);
}

/// <summary>The outcome of grading.</summary>
/// <param name="Correct">True when wholly right.</param>
/// <param name="Score">0 to 1: the share that is right; an item is worth one point.</param>
/// <param name="Feedback">Rationales for what was chosen, sanitised HTML, in the order of the options.</param>
public sealed record Grade(bool Correct, double Score, IReadOnlyList<Feedback> Feedback);

/// <summary>A rationale for one chosen option, gap or row.</summary>
/// <param name="Index">The option, gap or row it speaks of.</param>
/// <param name="Code">Reason code of the distractor (<c>conf</c>, <c>det</c> …); null when none was given.</param>
/// <param name="Html">Sanitised HTML.</param>
public sealed record Feedback(int Index, string? Code, string Html);

/// <summary>An option of a choice.</summary>
/// <param name="Html">Sanitised HTML.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Right">Whether it belongs to the key.</param>
/// <param name="Code">Reason code of a distractor.</param>
/// <param name="RationaleHtml">Why it is wrong (or right); may be empty in a knowledge check.</param>
public sealed record Option(string Html, string Text, bool Right, string? Code, string RationaleHtml);

/// <summary>Single or multiple choice; a list to choose from is a single choice shown as a list.</summary>
public sealed record ChoiceItem : Item
{
    /// <summary>Options in the author's order; a response names them by index.</summary>
    public required IReadOnlyList<Option> Options { get; init; }

    /// <summary>True when several may be chosen; wholly right only when exactly the key is chosen.</summary>
    public bool Multiple { get; init; }

    /// <summary>True when it is shown as a drop-down list.</summary>
    public bool List { get; init; }

    /// <inheritdoc/>
    public override Grade Grade(IReadOnlyList<string> response) => Grading.Choice(this, response);
}

/// <summary>A short text, typed.</summary>
public sealed record TextItem : Item
{
    /// <summary>Accepted answers; case, surrounding and repeated space do not matter.</summary>
    public required IReadOnlyList<string> Answers { get; init; }

    /// <inheritdoc/>
    public override Grade Grade(IReadOnlyList<string> response) => Grading.Text(this, response);
}

/// <summary>A number, typed; decimal comma or point, digit groups by space.</summary>
public sealed record NumberItem : Item
{
    /// <summary>The right value.</summary>
    public required decimal Value { get; init; }

    /// <summary>How far off is still right, in the value's unit, 0 or more.</summary>
    public decimal Tolerance { get; init; }

    /// <summary>Unit shown behind the field; may be empty.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Wrong values that were foreseen, each with its rationale.</summary>
    public IReadOnlyList<ExpectedMistake> Mistakes { get; init; } = [];

    /// <inheritdoc/>
    public override Grade Grade(IReadOnlyList<string> response) => Grading.Number(this, response);
}

/// <summary>A foreseen wrong number.</summary>
public sealed record ExpectedMistake(decimal Value, string? Code, string RationaleHtml);

/// <summary>A text with gaps.</summary>
public sealed record ClozeItem : Item
{
    /// <summary>The sentence in pieces: sanitised HTML and gaps in turn.</summary>
    public required IReadOnlyList<ClozePart> Parts { get; init; }

    /// <summary>The gaps in order.</summary>
    [JsonIgnore]
    public IEnumerable<Gap> Gaps => Parts.Where(p => p.Gap is not null).Select(p => p.Gap!);

    /// <inheritdoc/>
    public override Grade Grade(IReadOnlyList<string> response) => Grading.Cloze(this, response);
}

/// <summary>A piece of a cloze: exactly one of the two is set.</summary>
public sealed record ClozePart(string? Html, Gap? Gap);

/// <summary>A gap: a list to choose from, a number, or a text.</summary>
/// <param name="Answers">Accepted texts, or the one right choice.</param>
/// <param name="Choices">Choices in the author's order; empty when the answer is typed. A response is the choice's text.</param>
/// <param name="Value">The right number; null when it is a text.</param>
/// <param name="Tolerance">How far off the number may be.</param>
public sealed record Gap(IReadOnlyList<string> Answers, IReadOnlyList<string> Choices, decimal? Value, decimal Tolerance);

/// <summary>Each row belongs to one column.</summary>
public sealed record MatchingItem : Item
{
    /// <summary>Columns, plain text.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Rows in the author's order.</summary>
    public required IReadOnlyList<MatchingRow> Rows { get; init; }

    /// <inheritdoc/>
    public override Grade Grade(IReadOnlyList<string> response) => Grading.Matching(this, response);
}

/// <summary>A row of a matching item.</summary>
/// <param name="Html">Sanitised HTML.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Column">Index of the right column.</param>
/// <param name="Code">Reason code when wrong.</param>
/// <param name="RationaleHtml">Shown when wrong; may be empty.</param>
public sealed record MatchingRow(string Html, string Text, int Column, string? Code, string RationaleHtml);

/// <summary>Steps to be put in order.</summary>
public sealed record OrderingItem : Item
{
    /// <summary>The steps in the right order; a response names them by their index in this list.</summary>
    public required IReadOnlyList<Option> Steps { get; init; }

    /// <inheritdoc/>
    public override Grade Grade(IReadOnlyList<string> response) => Grading.Ordering(this, response);
}
