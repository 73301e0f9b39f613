namespace Lms.Standards.Xapi;

/// <summary>How a question is answered. Each kind takes only the component lists that the standard gives it. (Data 2.4.4.1)</summary>
public sealed record Interaction
{
    private Interaction(string type, IReadOnlyList<string>? correct) => (Type, CorrectResponsesPattern) = (type, correct);

    /// <summary>The <c>interactionType</c> as written.</summary>
    public string Type { get; }

    /// <summary>Each right answer, as <see cref="ResponsePattern"/> writes it; empty when no answer is right, null when any is.</summary>
    public IReadOnlyList<string>? CorrectResponsesPattern { get; }

    /// <summary>Options of a choice or a sequencing.</summary>
    public IReadOnlyList<InteractionComponent> Choices { get; private init; } = [];

    /// <summary>Points of a likert scale.</summary>
    public IReadOnlyList<InteractionComponent> Scale { get; private init; } = [];

    /// <summary>What is matched.</summary>
    public IReadOnlyList<InteractionComponent> Source { get; private init; } = [];

    /// <summary>What it is matched to.</summary>
    public IReadOnlyList<InteractionComponent> Target { get; private init; } = [];

    /// <summary>Steps of a performance.</summary>
    public IReadOnlyList<InteractionComponent> Steps { get; private init; } = [];

    /// <summary>True or false.</summary>
    public static Interaction TrueFalse(IReadOnlyList<string>? correct) => new("true-false", correct);

    /// <summary>One option or several out of a list.</summary>
    public static Interaction Choice(IReadOnlyList<InteractionComponent> choices, IReadOnlyList<string>? correct) =>
        new("choice", correct) { Choices = choices };

    /// <summary>One or more short texts.</summary>
    public static Interaction FillIn(IReadOnlyList<string>? correct) => new("fill-in", correct);

    /// <summary>A long text.</summary>
    public static Interaction LongFillIn(IReadOnlyList<string>? correct) => new("long-fill-in", correct);

    /// <summary>Items of one list matched to items of another.</summary>
    public static Interaction Matching(
        IReadOnlyList<InteractionComponent> source, IReadOnlyList<InteractionComponent> target, IReadOnlyList<string>? correct) =>
        new("matching", correct) { Source = source, Target = target };

    /// <summary>A task of several steps.</summary>
    public static Interaction Performance(IReadOnlyList<InteractionComponent> steps, IReadOnlyList<string>? correct) =>
        new("performance", correct) { Steps = steps };

    /// <summary>Options brought into an order.</summary>
    public static Interaction Sequencing(IReadOnlyList<InteractionComponent> choices, IReadOnlyList<string>? correct) =>
        new("sequencing", correct) { Choices = choices };

    /// <summary>A point on a scale.</summary>
    public static Interaction Likert(IReadOnlyList<InteractionComponent> scale, IReadOnlyList<string>? correct) =>
        new("likert", correct) { Scale = scale };

    /// <summary>A number.</summary>
    public static Interaction Numeric(IReadOnlyList<string>? correct) => new("numeric", correct);

    /// <summary>Anything else.</summary>
    public static Interaction Other(IReadOnlyList<string>? correct) => new("other", correct);
}

/// <summary>An option, a point, an item or a step.</summary>
/// <param name="Id">Unique in its list; best without spaces.</param>
/// <param name="Description">Its text by language tag.</param>
public sealed record InteractionComponent(string Id, IReadOnlyDictionary<string, string>? Description = null);
