using System.Text.Json.Nodes;
using Lms.Standards.Scorm.DataModel;
using Lms.Standards.Scorm.Sequencing;
using Lms.Standards.Xapi;
using Lms.Web.Features.Packages;
using Lms.Web.Features.Xapi;
using Lms.Web.Features.Xapi.Store;
using ScormItem = Lms.Standards.Scorm.Sequencing.Activity;
using XapiActivity = Lms.Standards.Xapi.Activity;

namespace Lms.Web.Features.Scorm;

/// <summary>
/// What SCORM content said, as xAPI by the SCORM profile. The learner's browser is the only witness, and so each statement is marked as asserted by the client.
/// </summary>
public sealed class ScormStatements(StatementStore store, XapiAddresses addresses)
{
    /// <summary>The category of the xAPI SCORM Profile.</summary>
    public const string Profile = "https://w3id.org/xapi/scorm";

    private string ClientAsserted => $"{addresses.Root}/xapi/client-asserted";

    internal Task BeganAsync(ScormPlay play, ScormItem item, ScormActivity row, CancellationToken ct) =>
        SayAsync(play, item, row.Entry == "resume" ? Verbs.Resumed : Verbs.Initialized, null, ct);

    /// <summary>Says what is new about how the learner stands on an activity.</summary>
    internal async Task StandsAsync(ScormPlay play, ScormItem item, ScormActivity row, TrackingReport report, CancellationToken ct)
    {
        var (completed, success) = (report.Completion == Completion.Completed, report.Success is Success.Passed or Success.Failed ? report.Success : null);
        var told = $"{(completed ? "completed" : "")} {success?.ToString() ?? ""}";
        if (told == row.Told) return;
        if (completed && !row.Told.StartsWith("completed", StringComparison.Ordinal)) await SayAsync(play, item, Verbs.Completed, new Result { Completion = true, Score = ScoreOf(report) }, ct);
        if (success is not null && !row.Told.EndsWith(success.ToString()!, StringComparison.Ordinal))
            await SayAsync(play, item, success == Success.Passed ? Verbs.Passed : Verbs.Failed, new Result { Success = success == Success.Passed, Score = ScoreOf(report) }, ct);
        row.Told = told;
    }

    /// <summary>The content's session is over: what was answered in it, and how it ended.</summary>
    internal async Task EndedAsync(ScormPlay play, ScormItem item, ScormActivity row, string? took, bool suspends, CancellationToken ct)
    {
        var model = play.ModelOf(item, row);
        var count = model.Count("cmi.interactions");
        for (var i = Math.Min(row.Answered, count); i < count; i++)
            if (ScormInteractions.Read(play.Is2004, model, i) is { } answer) await SayAnswerAsync(play, item, answer, ct);
        row.Answered = count;

        var report = ContentSession.Report(play.Is2004, item.Definition, row.Values, model);
        await SayAsync(play, item, suspends ? Verbs.Suspended : Verbs.Terminated, new Result
        {
            Completion = report.Completion is { } completion ? completion == Completion.Completed : null,
            Success = report.Success is Success.Passed or Success.Failed ? report.Success == Success.Passed : null,
            Score = ScoreOf(report),
            Duration = took is null ? null : ScormTime.ToTimeSpan(play.Is2004, took),
        }, ct);
    }

    private Task SayAnswerAsync(ScormPlay play, ScormItem item, ScormAnswer answer, CancellationToken ct)
    {
        var question = new XapiActivity($"{IriOf(play, item)}/interactions/{Uri.EscapeDataString(answer.Id)}")
        {
            Definition = new ActivityDefinition
            {
                Type = answer.Interaction is null ? ActivityTypes.Question : ActivityTypes.Interaction,
                Interaction = answer.Interaction,
                Description = answer.Description is null ? null : new Dictionary<string, string> { [answer.Language] = answer.Description },
            },
        };
        return SayAsync(play, item, Verbs.Responded, new Result { Response = answer.Response, Success = answer.Success, Duration = answer.Latency }, ct, question);
    }

    private Task SayAsync(ScormPlay play, ScormItem item, Verb verb, Result? result, CancellationToken ct, XapiActivity? about = null)
    {
        if (!play.Attempt.IsForCredit) return Task.CompletedTask;
        var (package, content) = (PackageOf(play), ContentOf(play, item));
        var statement = new Statement
        {
            Actor = RegisteredLearner.Of(play.Registration).Agent,
            Verb = verb,
            Object = about ?? content,
            Result = result,
            Context = new Context
            {
                Registration = play.Registration.Id,
                Platform = "Seedlot",
                ContextActivities = new ContextActivities
                {
                    Parent = [about is null ? package : content],
                    Grouping = about is null ? [] : [package],
                    Category = [new XapiActivity(Profile) { Definition = new ActivityDefinition { Type = ActivityTypes.Profile } }],
                },
                Extensions = new Dictionary<string, JsonNode?> { [ClientAsserted] = true },
            },
        };
        return store.AppendAsync(statement, play.Attempt.CentreId, ct);
    }

    private string IriOf(ScormPlay play, ScormItem item) => $"{PackageIri(play)}/activities/{Uri.EscapeDataString(item.Id)}";

    private string PackageIri(ScormPlay play) => $"{addresses.Root}/packages/{play.Registration.PackageId}";

    private XapiActivity PackageOf(ScormPlay play) => new(PackageIri(play)) { Definition = Described(play.Tree.Activities.Root.Definition.Title, ActivityTypes.Course) };

    private XapiActivity ContentOf(ScormPlay play, ScormItem item) => new(IriOf(play, item)) { Definition = Described(item.Definition.Title, ActivityTypes.Lesson) };

    // A manifest does not say its language.
    private static ActivityDefinition Described(string title, string type) =>
        new() { Type = type, Name = title.Length == 0 ? null : new Dictionary<string, string> { ["und"] = title } };

    private static Score? ScoreOf(TrackingReport report)
    {
        if ((report.Scaled ?? report.Raw) is null) return null;
        var within = report.Raw is { } raw && (report.Min is not { } min || raw >= min) && (report.Max is not { } max || raw <= max) && !(report.Min >= report.Max);
        return new Score(report.Scaled, within ? report.Raw : null, within ? report.Min : null, within ? report.Max : null);
    }
}
