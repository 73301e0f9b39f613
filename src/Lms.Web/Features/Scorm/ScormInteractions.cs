using System.Globalization;
using Lms.Standards.Scorm.DataModel;
using Lms.Standards.Xapi;

namespace Lms.Web.Features.Scorm;

/// <summary>An interaction of the data model, as xAPI writes it.</summary>
internal sealed record ScormAnswer(
    string Id, Interaction? Interaction, string? Response, bool? Success, TimeSpan? Latency, string? Description, string Language);

/// <summary>Reads the interactions that content wrote. SCORM 2004 and xAPI write answers and patterns alike; those of SCORM 1.2 are free texts.</summary>
internal static class ScormInteractions
{
    public static ScormAnswer? Read(bool scorm2004, ScormDataModel model, int index)
    {
        var entry = string.Create(CultureInfo.InvariantCulture, $"cmi.interactions.{index}.");
        string? Value(string name) => model.Values.GetValueOrDefault(entry + name) is { Length: > 0 } value ? value : null;
        if (Value("id") is not { } id) return null;
        var (language, description) = Localized(Value("description"));
        return new ScormAnswer(
            id, scorm2004 ? Kind(Value("type"), Patterns(model, entry)) : Kind(Value("type"), null), Value(scorm2004 ? "learner_response" : "student_response"),
            Value("result") switch { "correct" => true, "incorrect" or "wrong" => false, _ => null },
            Value("latency") is { } latency ? ScormTime.ToTimeSpan(scorm2004, latency) : null, description, language);
    }

    private static List<string>? Patterns(ScormDataModel model, string entry)
    {
        var count = model.Count($"{entry}correct_responses");
        return count == 0 ? null : [.. Enumerable.Range(0, count).Select(i => model[string.Create(CultureInfo.InvariantCulture, $"{entry}correct_responses.{i}.pattern")])];
    }

    private static Interaction? Kind(string? type, List<string>? correct) => type switch
    {
        "true-false" => Interaction.TrueFalse(correct),
        "choice" => Interaction.Choice([], correct),
        "fill-in" => Interaction.FillIn(correct),
        "long-fill-in" => Interaction.LongFillIn(correct),
        "matching" => Interaction.Matching([], [], correct),
        "performance" => Interaction.Performance([], correct),
        "sequencing" => Interaction.Sequencing([], correct),
        "likert" => Interaction.Likert([], correct),
        "numeric" => Interaction.Numeric(correct),
        "other" => Interaction.Other(correct),
        _ => null,
    };

    private static (string Language, string? Text) Localized(string? text)
    {
        const string Start = "{lang=";
        if (text is null || !text.StartsWith(Start, StringComparison.Ordinal)) return ("und", text);
        var end = text.IndexOf('}', StringComparison.Ordinal);
        return end < 0 ? ("und", text) : (text[Start.Length..end], text[(end + 1)..]);
    }
}
