using Lms.Standards.Scorm.Manifest;

namespace Lms.Standards.Scorm.Sequencing;

/// <summary>Takes what content says into the tracking model, and shows what is in it. (RTE 4.2, SN 4.2)</summary>
internal sealed class Reports(SequencingState state, Tracking tracking)
{
    public void Take(Activity activity, TrackingReport report)
    {
        var at = state.Of(activity);
        var primary = activity.Objectives[0];
        foreach (var objective in activity.Objectives.Skip(1))
            if (report.Objectives.TryGetValue(objective.Identifier!, out var said)) TakeObjective(activity, objective, said);

        // An objective that is also the primary one may be spoken of in two places.
        var twin = primary.Identifier is { } id ? report.Objectives.GetValueOrDefault(id) : null;
        var success = Known(twin?.Success) ?? report.Success ?? twin?.Success;
        var completion = report.Completion ?? twin?.Completion;
        at.SuccessSet = success is not null;
        at.CompletionSet = completion is not null;
        TakeObjective(activity, primary, new ObjectiveReport
        {
            Success = success,
            Completion = completion,
            Scaled = report.Scaled ?? twin?.Scaled,
            Progress = report.Progress ?? twin?.Progress,
            Raw = twin?.Raw ?? report.Raw,
            Min = twin?.Min ?? report.Min,
            Max = twin?.Max ?? report.Max,
        });
        at.Suspended = report.Suspends;
    }

    private void TakeObjective(Activity activity, ObjectiveDefinition objective, ObjectiveReport said)
    {
        if (said.Success == Success.Unknown) tracking.UnsetSatisfied(activity, objective);
        else if (said.Success is not null) tracking.SetSatisfied(activity, objective, said.Success == Success.Passed);
        tracking.SetMeasure(activity, objective, said.Scaled);
        if (said.Completion == Completion.Unknown) tracking.UnsetCompleted(activity, objective);
        else tracking.SetCompleted(activity, objective, said.Completion is null ? null : said.Completion == Completion.Completed);
        tracking.SetProgress(activity, objective, said.Progress);
        tracking.SetScores(activity, objective, said.Raw, said.Min, said.Max);
    }

    private static Success? Known(Success? success) => success is Success.Unknown ? null : success;

    public ActivityStatus StatusOf(Activity activity)
    {
        var at = state.Of(activity);
        var primary = activity.Objectives[0];
        return new ActivityStatus
        {
            Id = activity.Id,
            Title = activity.Definition.Title,
            Attempts = at.Attempts,
            Active = at.Active,
            Suspended = at.Suspended,
            Completion = Of(tracking.Completed(activity, primary)),
            Success = OfSatisfied(tracking.Satisfied(activity, primary)),
            Scaled = tracking.Measure(activity, primary),
            Progress = tracking.Progress(activity, primary),
            Objectives = [.. activity.Objectives.Select(o => StatusOf(activity, o))],
        };
    }

    private ObjectiveStatus StatusOf(Activity activity, ObjectiveDefinition objective) => new()
    {
        Id = objective.Identifier,
        IsPrimary = objective.IsPrimary,
        Success = OfSatisfied(tracking.Satisfied(activity, objective)),
        Completion = Of(tracking.StoredCompletion(activity, objective)),
        Scaled = tracking.Measure(activity, objective),
        Raw = tracking.Score(activity, objective, ObjectiveParts.Raw),
        Min = tracking.Score(activity, objective, ObjectiveParts.Min),
        Max = tracking.Score(activity, objective, ObjectiveParts.Max),
        Progress = tracking.Progress(activity, objective),
    };

    public static Completion Of(bool? completed) => completed switch { true => Completion.Completed, false => Completion.Incomplete, _ => Completion.Unknown };

    public static Success OfSatisfied(bool? satisfied) => satisfied switch { true => Success.Passed, false => Success.Failed, _ => Success.Unknown };
}
