using System.Globalization;

namespace Lms.Standards.Scorm.DataModel;

/// <summary>Where the manifest has a threshold, the measure decides, whatever the content says of itself. (RTE 4.2.4.1, 4.2.22.1)</summary>
internal static class ScormDecisions
{
    public static string Completion(decimal? progress, decimal threshold) => progress is null ? "unknown" : progress >= threshold ? "completed" : "incomplete";

    public static string Success(decimal? score, decimal threshold) => score is null ? "unknown" : score >= threshold ? "passed" : "failed";

    /// <summary>The decided value of an element; null where nothing decides it.</summary>
    public static string? Of(string path, IReadOnlyDictionary<string, string> values) => path switch
    {
        "cmi.completion_status" when Number(values, "cmi.completion_threshold") is { } threshold => Completion(Number(values, "cmi.progress_measure"), threshold),
        "cmi.success_status" when Number(values, "cmi.scaled_passing_score") is { } threshold => Success(Number(values, "cmi.score.scaled"), threshold),
        _ => null,
    };

    private static decimal? Number(IReadOnlyDictionary<string, string> values, string path) =>
        values.TryGetValue(path, out var text) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
