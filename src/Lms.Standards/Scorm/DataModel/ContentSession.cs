using System.Globalization;
using Lms.Standards.Scorm.Manifest;
using Lms.Standards.Scorm.Sequencing;

namespace Lms.Standards.Scorm.DataModel;

/// <summary>
/// What a content object finds when it is delivered, and what follows from what it said: between the data model of the run-time environment
/// and the tracking model of the sequencing engine. (SCORM 2004 RTE 4.2; SCORM 1.2 RTE 3.4.4)
/// </summary>
public static class ContentSession
{
    private const string Status12 = "cmi.core.lesson_status";

    /// <summary>
    /// What the system knows beforehand and the content may add to: objectives, and which shared data there is. Part of the data model for as long as
    /// the activity is delivered.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Given(bool scorm2004, ActivityStatus status, IReadOnlyList<SharedData> shared)
    {
        ArgumentNullException.ThrowIfNull(status);
        ArgumentNullException.ThrowIfNull(shared);
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!scorm2004) return given;
        foreach (var (index, objective) in status.Objectives.Where(o => o.Id is not null).Index()) Add(given, string.Create(CultureInfo.InvariantCulture, $"cmi.objectives.{index}"), objective);
        foreach (var (index, bucket) in shared.Index()) given[string.Create(CultureInfo.InvariantCulture, $"adl.data.{index}.id")] = bucket.Id;
        return given;
    }

    /// <summary>What the manifest denies the content: by element.</summary>
    public static IReadOnlyDictionary<string, ElementAccess> Access(ActivityDefinition activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return activity.SharedData.Index().Where(m => !m.Item.Read || !m.Item.Write).ToDictionary(
            m => string.Create(CultureInfo.InvariantCulture, $"adl.data.{m.Index}.store"),
            m => (m.Item.Read ? ElementAccess.Read : 0) | (m.Item.Write ? ElementAccess.Write : 0));
    }

    /// <summary>What the content can read of itself, from the manifest.</summary>
    public static IEnumerable<KeyValuePair<string, string>> FromManifest(bool scorm2004, ActivityDefinition activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        var sequencing = activity.Sequencing;
        (string Element, string? Value)[] values = scorm2004
            ?
            [
                ("cmi.launch_data", activity.DataFromLms),
                ("cmi.time_limit_action", activity.TimeLimitAction),
                ("cmi.max_time_allowed", sequencing.Limits.AttemptAbsoluteDuration),
                ("cmi.completion_threshold", activity.Completion.CompletedByMeasure ? Number(activity.Completion.MinProgressMeasure) : null),
                ("cmi.scaled_passing_score", PassingScore(activity) is { } score ? Number(score) : null),
            ]
            :
            [
                ("cmi.launch_data", activity.DataFromLms),
                ("cmi.student_data.time_limit_action", activity.TimeLimitAction),
                ("cmi.student_data.max_time_allowed", activity.MaxTimeAllowed),
                ("cmi.student_data.mastery_score", activity.MasteryScore is { } mastery ? Number(mastery) : null),
            ];
        return values.Where(v => v.Value is not null).Select(v => KeyValuePair.Create(v.Element, v.Value!));
    }

    /// <summary>
    /// The values with which a suspended attempt goes on: what the content said, but of its objectives what has become of them since.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Resumed(IReadOnlyDictionary<string, string> said, IReadOnlyDictionary<string, string> given)
    {
        ArgumentNullException.ThrowIfNull(said);
        ArgumentNullException.ThrowIfNull(given);
        return said.ToDictionary(s => s.Key, s => given.GetValueOrDefault(s.Key, s.Value), StringComparer.Ordinal);
    }

    /// <summary>
    /// The values after a content object's session: its time is added up, thresholds decide, and what concerned the session alone is gone.
    /// </summary>
    public static Dictionary<string, string> Ended(bool scorm2004, ActivityDefinition activity, IReadOnlyDictionary<string, string> said)
    {
        ArgumentNullException.ThrowIfNull(activity);
        ArgumentNullException.ThrowIfNull(said);
        var values = new Dictionary<string, string>(said, StringComparer.Ordinal);
        var (session, total) = scorm2004 ? ("cmi.session_time", "cmi.total_time") : ("cmi.core.session_time", "cmi.core.total_time");
        if (values.Remove(session, out var time)) values[total] = ScormTime.Add(scorm2004, values.GetValueOrDefault(total) ?? "", time);
        if (scorm2004) Decide2004(activity, values);
        else Decide12(activity, values);
        values.Remove(scorm2004 ? "cmi.exit" : "cmi.core.exit");
        values.Remove("adl.nav.request");
        return values;
    }

    /// <summary>What the content says of its attempt, for the sequencing engine.</summary>
    /// <param name="scorm2004">SCORM 2004; otherwise 1.2.</param>
    /// <param name="activity">What the manifest says of it.</param>
    /// <param name="said">What the content set.</param>
    /// <param name="model">The same, with what the system had given: it knows which objective is meant.</param>
    public static TrackingReport Report(bool scorm2004, ActivityDefinition activity, IReadOnlyDictionary<string, string> said, ScormDataModel model)
    {
        ArgumentNullException.ThrowIfNull(activity);
        ArgumentNullException.ThrowIfNull(said);
        ArgumentNullException.ThrowIfNull(model);
        return scorm2004 ? Report2004(said, model) : Report12(activity, said);
    }

    private static void Decide2004(ActivityDefinition activity, Dictionary<string, string> values)
    {
        if (activity.Completion.CompletedByMeasure)
            values["cmi.completion_status"] = ScormDecisions.Completion(Number(values, "cmi.progress_measure"), activity.Completion.MinProgressMeasure);
        if (PassingScore(activity) is { } passing) values["cmi.success_status"] = ScormDecisions.Success(Number(values, "cmi.score.scaled"), passing);
    }

    private static void Decide12(ActivityDefinition activity, Dictionary<string, string> values)
    {
        var suspended = values.GetValueOrDefault("cmi.core.exit") == "suspend";
        var status = values.GetValueOrDefault(Status12);
        // RTE 3.4.4: content that says nothing has been completed, once it has ended.
        if (status is null or "not attempted" && !suspended) values[Status12] = "completed";
        var decides = activity.MasteryScore is not null && !(suspended && status is null or "incomplete" or "not attempted");
        if (decides && Number(values, "cmi.core.score.raw") is { } raw) values[Status12] = raw >= activity.MasteryScore ? "passed" : "failed";
    }

    private static TrackingReport Report2004(IReadOnlyDictionary<string, string> said, ScormDataModel model)
    {
        var objectives = new Dictionary<string, ObjectiveReport>(StringComparer.Ordinal);
        for (var i = 0; i < model.Count("cmi.objectives"); i++)
        {
            var entry = string.Create(CultureInfo.InvariantCulture, $"cmi.objectives.{i}");
            objectives.TryAdd(model[$"{entry}.id"], Read(new ObjectiveReport(), said, entry));
        }
        return (TrackingReport)Read(new TrackingReport(), said, "cmi") with
        {
            Objectives = objectives,
            Suspends = said.GetValueOrDefault("cmi.exit") is "suspend" or "logout",
        };
    }

    private static ObjectiveReport Read(ObjectiveReport report, IReadOnlyDictionary<string, string> said, string entry) => report with
    {
        Completion = said.GetValueOrDefault($"{entry}.completion_status") switch
        {
            null => null,
            "completed" => Completion.Completed,
            "unknown" => Completion.Unknown,
            _ => Completion.Incomplete,
        },
        Success = said.GetValueOrDefault($"{entry}.success_status") switch
        {
            null => null,
            "passed" => Success.Passed,
            "failed" => Success.Failed,
            _ => Success.Unknown,
        },
        Scaled = Number(said, $"{entry}.score.scaled"),
        Raw = Number(said, $"{entry}.score.raw"),
        Min = Number(said, $"{entry}.score.min"),
        Max = Number(said, $"{entry}.score.max"),
        Progress = Number(said, $"{entry}.progress_measure"),
    };

    private static TrackingReport Report12(ActivityDefinition activity, IReadOnlyDictionary<string, string> said)
    {
        var (completion, success) = said.GetValueOrDefault(Status12) switch
        {
            "passed" => ((Completion?)Completion.Completed, (Success?)Success.Passed),
            "failed" => (Completion.Completed, Success.Failed),
            "completed" => (Completion.Completed, null),
            "incomplete" or "browsed" => (Completion.Incomplete, null),
            _ => (null, null),
        };
        // What the mastery score makes of the points counts before the content has ended, too: it may never say so.
        if (completion == Completion.Completed && activity.MasteryScore is { } mastery && Number(said, "cmi.core.score.raw") is { } points)
            success = points >= mastery ? Success.Passed : Success.Failed;
        var (raw, min, max) = (Number(said, "cmi.core.score.raw"), Number(said, "cmi.core.score.min"), Number(said, "cmi.core.score.max"));
        return new TrackingReport
        {
            Completion = completion,
            Success = success,
            Scaled = raw is null ? null : Scaled(raw.Value, min ?? 0, max ?? 100),
            Raw = raw,
            Min = min,
            Max = max,
            Suspends = said.GetValueOrDefault("cmi.core.exit") == "suspend",
        };
    }

    private static decimal Scaled(decimal raw, decimal min, decimal max) => Math.Clamp(max > min ? (raw - min) / (max - min) : raw / 100, -1, 1);

    private static void Add(Dictionary<string, string> given, string entry, ObjectiveStatus objective)
    {
        given[$"{entry}.id"] = objective.Id!;
        if (objective.Success is Success.Passed or Success.Failed) given[$"{entry}.success_status"] = objective.Success == Success.Passed ? "passed" : "failed";
        if (objective.Completion is Completion.Completed or Completion.Incomplete)
            given[$"{entry}.completion_status"] = objective.Completion == Completion.Completed ? "completed" : "incomplete";
        (string Name, decimal? Value)[] numbers =
        [
            ("score.scaled", objective.Scaled), ("score.raw", objective.Raw), ("score.min", objective.Min), ("score.max", objective.Max),
            ("progress_measure", objective.Progress),
        ];
        foreach (var (name, value) in numbers)
            if (value is { } number) given[$"{entry}.{name}"] = Number(number);
    }

    private static decimal? PassingScore(ActivityDefinition activity) =>
        activity.Sequencing.Objectives.FirstOrDefault(o => o.IsPrimary) is { SatisfiedByMeasure: true } primary ? primary.MinNormalizedMeasure : null;

    private static string Number(decimal value) => value.ToString("0.#######", CultureInfo.InvariantCulture);

    private static decimal? Number(IReadOnlyDictionary<string, string> values, string element) =>
        values.TryGetValue(element, out var text)
        && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
