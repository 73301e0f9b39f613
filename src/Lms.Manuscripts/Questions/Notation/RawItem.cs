using Lms.Manuscripts.Files;
using Lms.Manuscripts.Findings;

namespace Lms.Manuscripts.Questions.Notation;

/// <summary>What a line of a question begins with.</summary>
internal enum Mark { None, Choice, Multiple, Column, Row, Step, Gap, Mistake, Hint, Fence }

/// <summary>An answer line: its mark, what stands in the brackets, the text behind them, and the comments behind that.</summary>
internal sealed record RawAnswer(Mark Mark, Place At, string Inside, Fragment Text, IReadOnlyList<Fragment> Comments);

/// <summary>A question as it was cut out of a text, not yet understood.</summary>
internal sealed record RawItem(Place At)
{
    /// <summary>The YAML of the item comment; null when there was none.</summary>
    public Fragment? Head { get; init; }
    public required Fragment Stem { get; init; }
    /// <summary>Paragraphs with gaps; null when it is no cloze.</summary>
    public Fragment? Cloze { get; init; }
    public required IReadOnlyList<RawAnswer> Answers { get; init; }
    public required IReadOnlyList<Fragment> Hints { get; init; }
    public Fragment? Rationale { get; init; }
}

/// <summary>A piece of a file: exactly one of the two is set.</summary>
internal sealed record Piece(Fragment? Text, RawItem? Item);
