using Lms.Standards.Scorm.Sequencing;
using Lms.Web.Features.Packages;

namespace Lms.Web.Features.Scorm;

/// <summary>How a learner stands on the whole package, told to the record in the caller's unit of work.</summary>
public sealed class ScormResults(PackageResults results)
{
    internal async Task RecordAsync(ScormPlay play, CancellationToken ct)
    {
        if (!play.Attempt.IsForCredit) return;
        var course = (await play.EngineAsync(ct)).Course;
        var result = new PackageResult(CompletionOf(course), SuccessOf(course.Success), await ScoreAsync(play, course, ct));
        var known = play.Registration;
        if (known.Completion == result.Completion && known.Success == result.Success && (result.Score is null || known.Score == result.Score)) return;
        await results.RecordAsync(known, result, ct);
    }

    internal static PackageCompletion CompletionOf(ActivityStatus status) => status.Completion switch
    {
        Completion.Completed => PackageCompletion.Completed,
        Completion.Incomplete => PackageCompletion.Incomplete,
        _ when status.Attempts == 0 => PackageCompletion.NotAttempted,
        // Content that says only whether it was passed leaves it at that.
        _ => status.Success == Success.Unknown ? PackageCompletion.Incomplete : PackageCompletion.Unknown,
    };

    internal static PackageSuccess SuccessOf(Success success) => success switch
    {
        Success.Passed => PackageSuccess.Passed,
        Success.Failed => PackageSuccess.Failed,
        _ => PackageSuccess.Unknown,
    };

    internal static PackageScore? ScoreOf(decimal? scaled, ObjectiveStatus? primary) =>
        (scaled ?? primary?.Raw) is null ? null : new PackageScore((double?)scaled, (double?)primary?.Raw, (double?)primary?.Min, (double?)primary?.Max);

    // Points mean something for one content object only; of several, the share.
    private static async Task<PackageScore?> ScoreAsync(ScormPlay play, ActivityStatus course, CancellationToken ct)
    {
        var only = play.Tree.Launchable.Take(2).ToList() is [var single] ? (await play.EngineAsync(ct)).Status(single.Id) : null;
        return ScoreOf(course.Scaled, only?.Objectives.FirstOrDefault(o => o.IsPrimary));
    }
}
