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
    /// <summary>"Question 4 of 20"; null where it has no number.</summary>
    public string? Heading { get; init; }
    /// <summary>The language of its text.</summary>
    public required string Language { get; init; }

    public string Id => $"q-{Item.Id}";
    public bool IsExplained => Mode != QuestionMode.Answer;
    public bool IsReadOnly => Mode == QuestionMode.Review;
    public Grade? Grade => IsExplained ? Item.Grade(Response) : null;
}
