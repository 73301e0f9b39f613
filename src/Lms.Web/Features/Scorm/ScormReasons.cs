using Lms.Standards.Scorm.DataModel;
using Lms.Standards.Scorm.Manifest;
using Lms.Standards.Scorm.Sequencing;
using Lms.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Scorm;

/// <summary>A part that is not done, and why.</summary>
public sealed record ScormReason(string Title, string Why);

/// <summary>Why a package is not complete, in plain words: what each part waits for.</summary>
public sealed class ScormReasons(IStringLocalizer<ScormText> text)
{
    internal IReadOnlyList<ScormReason> Of(ScormTree tree, SequencingSession engine, IReadOnlyDictionary<string, ScormActivity> rows)
    {
        var reasons = new List<ScormReason>();
        foreach (var part in tree.Launchable)
        {
            var status = engine.Status(part.Id)!;
            var row = rows.GetValueOrDefault(ScormActivity.KeyOf(part.Id));
            if (Why(tree.Is2004, part.Definition, status, row) is { } why) reasons.Add(new ScormReason(part.Definition.Title, why));
        }
        return reasons;
    }

    private string? Why(bool scorm2004, ActivityDefinition part, ActivityStatus status, ScormActivity? row)
    {
        if (status.Success == Success.Failed) return Failed(part, status, row);
        if (status.Completion == Completion.Completed || status.Success == Success.Passed) return null;
        if (status.Attempts == 0) return NeverOpened(part);
        if (row is null || row.Values.Count == 0) return row is { Running: true }
            ? text["It was opened, but the content has not said anything yet."]
            : text["It was opened, but the content never reported. It may not find the player’s API, or it was closed at once."];
        if (part.Completion.CompletedByMeasure) return text["It is complete when {0} of it is done; the content has reported {1}.", Percent(part.Completion.MinProgressMeasure), Percent(status.Progress ?? 0)];
        var said = row.Values.GetValueOrDefault(scorm2004 ? "cmi.completion_status" : "cmi.core.lesson_status");
        return said switch
        {
            null => text["The content has reported something, but not that it is complete."],
            "browsed" => text["The content says that it was only looked at."],
            "unknown" => text["The content says that it does not know whether it is complete."],
            _ when row.Running => text["The content says that it is not complete, and was closed without ending: the learner may not have come to its end."],
            _ => text["The content says that it is not complete."],
        };
    }

    private string NeverOpened(ActivityDefinition part) =>
        part.Prerequisites is { Length: > 0 } first ? text["It was never opened; it asks for this first: {0}.", first]
        : part.Sequencing.Limits.AttemptLimit == 0 ? text["It allows no attempts."]
        : text["It was never opened."];

    private string Failed(ActivityDefinition part, ActivityStatus status, ScormActivity? row)
    {
        var passes = part.MasteryScore / 100
            ?? (part.Sequencing.Objectives.FirstOrDefault(o => o.IsPrimary) is { SatisfiedByMeasure: true } primary ? primary.MinNormalizedMeasure : (decimal?)null);
        var limit = part.Sequencing.Limits.AttemptLimit is { } most && status.Attempts >= most ? " " + text["No attempt is left."] : "";
        if (passes is { } mark && status.Scaled is { } score) return text["Not passed: {0} is needed, and {1} was reached.", Percent(mark), Percent(score)] + limit;
        return (row is null ? text["Not passed."] : text["The content says that it was not passed."]) + limit;
    }

    private static string Percent(decimal share) => Numbers.PercentText((double)share);
}
