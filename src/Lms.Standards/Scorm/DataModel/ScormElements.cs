using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using static Lms.Standards.Scorm.DataModel.ElementAccess;
using static Lms.Standards.Scorm.DataModel.ElementRules;

namespace Lms.Standards.Scorm.DataModel;

/// <summary>Every element of SCORM 1.2 and SCORM 2004 4th Edition. The browser's copy, <c>tables.js</c>, is written from here.</summary>
public static class ScormElements
{
    private const string Text = "text", Localized = "localized", Id = "id", Interval = "interval", Time = "time";
    private const string Real = "real", Scaled = "real -1..1", Measure = "real 0..1", Natural = "real 0..", Keyword = "keyword";
    private const string Completion = "words completed|incomplete|not attempted|unknown";
    private const string Success = "words passed|failed|unknown";
    private const string Scores = "scaled,raw,min,max";
    private const string InteractionTypes =
        "words true-false|choice|fill-in|long-fill-in|matching|performance|sequencing|likert|numeric|other";

    /// <summary>SCORM 2004 4th Edition RTE, 4.2 (cmi), SN 5.6 (adl.nav), RTE 4.3 (adl.data).</summary>
    public static IReadOnlyList<ScormElement> Scorm2004 { get; } =
    [
        new("cmi._version", Keyword, Read, "1.0"),

        new("cmi.comments_from_learner._children", Keyword, Read, "comment,location,timestamp"),
        new("cmi.comments_from_learner._count", Keyword, Read),
        new("cmi.comments_from_learner.n.comment", Localized, ReadWrite),
        new("cmi.comments_from_learner.n.location", Text, ReadWrite),
        new("cmi.comments_from_learner.n.timestamp", Time, ReadWrite),
        new("cmi.comments_from_lms._children", Keyword, Read, "comment,location,timestamp"),
        new("cmi.comments_from_lms._count", Keyword, Read),
        new("cmi.comments_from_lms.n.comment", Localized, Read),
        new("cmi.comments_from_lms.n.location", Text, Read),
        new("cmi.comments_from_lms.n.timestamp", Time, Read),

        new("cmi.completion_status", Completion, ReadWrite, "unknown"),
        new("cmi.completion_threshold", Measure, Read),
        new("cmi.credit", "words credit|no-credit", Read, "credit"),
        new("cmi.entry", "words ab-initio|resume|", Read, "ab-initio"),
        new("cmi.exit", "words time-out|suspend|logout|normal|", Write, ""),
        new("cmi.launch_data", Text, Read),
        new("cmi.learner_id", Id, Read),
        new("cmi.learner_name", Localized, Read),
        new("cmi.location", Text, ReadWrite),
        new("cmi.max_time_allowed", Interval, Read),
        new("cmi.mode", "words browse|normal|review", Read, "normal"),
        new("cmi.progress_measure", Measure, ReadWrite),
        new("cmi.scaled_passing_score", Scaled, Read),
        new("cmi.session_time", Interval, Write),
        new("cmi.success_status", Success, ReadWrite, "unknown"),
        new("cmi.suspend_data", Text, ReadWrite),
        new("cmi.time_limit_action", "words exit,message|continue,message|exit,no message|continue,no message", Read, "continue,no message"),
        new("cmi.total_time", Interval, Read, "PT0H0M0S"),

        new("cmi.score._children", Keyword, Read, Scores),
        new("cmi.score.scaled", Scaled, ReadWrite),
        new("cmi.score.raw", Real, ReadWrite),
        new("cmi.score.min", Real, ReadWrite),
        new("cmi.score.max", Real, ReadWrite),

        new("cmi.learner_preference._children", Keyword, Read, "audio_level,language,delivery_speed,audio_captioning"),
        new("cmi.learner_preference.audio_level", Natural, ReadWrite, "1"),
        new("cmi.learner_preference.language", "language", ReadWrite, ""),
        new("cmi.learner_preference.delivery_speed", Natural, ReadWrite, "1"),
        new("cmi.learner_preference.audio_captioning", "words -1|0|1", ReadWrite, "0"),

        new("cmi.objectives._children", Keyword, Read, "id,score,success_status,completion_status,progress_measure,description"),
        new("cmi.objectives._count", Keyword, Read),
        new("cmi.objectives.n.id", Id, ReadWrite, null, Unique | Once),
        new("cmi.objectives.n.score._children", Keyword, Read, Scores),
        new("cmi.objectives.n.score.scaled", Scaled, ReadWrite, null, NeedsId),
        new("cmi.objectives.n.score.raw", Real, ReadWrite, null, NeedsId),
        new("cmi.objectives.n.score.min", Real, ReadWrite, null, NeedsId),
        new("cmi.objectives.n.score.max", Real, ReadWrite, null, NeedsId),
        new("cmi.objectives.n.success_status", Success, ReadWrite, "unknown", NeedsId),
        new("cmi.objectives.n.completion_status", Completion, ReadWrite, "unknown", NeedsId),
        new("cmi.objectives.n.progress_measure", Measure, ReadWrite, null, NeedsId),
        new("cmi.objectives.n.description", Localized, ReadWrite, null, NeedsId),

        new("cmi.interactions._children", Keyword, Read,
            "id,type,objectives,timestamp,correct_responses,weighting,learner_response,result,latency,description"),
        new("cmi.interactions._count", Keyword, Read),
        new("cmi.interactions.n.id", Id, ReadWrite),
        new("cmi.interactions.n.type", InteractionTypes, ReadWrite, null, NeedsId),
        new("cmi.interactions.n.objectives._count", Keyword, Read),
        new("cmi.interactions.n.objectives.n.id", Id, ReadWrite, null, NeedsId | Unique),
        new("cmi.interactions.n.timestamp", Time, ReadWrite, null, NeedsId),
        new("cmi.interactions.n.correct_responses._count", Keyword, Read),
        new("cmi.interactions.n.correct_responses.n.pattern", "pattern", ReadWrite, null, NeedsType),
        new("cmi.interactions.n.weighting", Real, ReadWrite, null, NeedsId),
        new("cmi.interactions.n.learner_response", "response", ReadWrite, null, NeedsType),
        new("cmi.interactions.n.result", "result correct|incorrect|unanticipated|neutral", ReadWrite, null, NeedsId),
        new("cmi.interactions.n.latency", Interval, ReadWrite, null, NeedsId),
        new("cmi.interactions.n.description", Localized, ReadWrite, null, NeedsId),

        new("adl.nav.request", "navigation", ReadWrite, "_none_"),
        new("adl.nav.request_valid.continue", "words true|false|unknown", Read, "unknown"),
        new("adl.nav.request_valid.previous", "words true|false|unknown", Read, "unknown"),
        new("adl.nav.request_valid.choice.t", "words true|false|unknown", Read, "false"),
        new("adl.nav.request_valid.jump.t", "words true|false|unknown", Read, "false"),
        new("adl.data._children", Keyword, Read, "id,store"),
        new("adl.data._count", Keyword, Read),
        new("adl.data.n.id", Id, Read),
        new("adl.data.n.store", Text, ReadWrite, null, EmptyIsNone),
    ];

    /// <summary>SCORM 1.2 RTE, 3.4.</summary>
    public static IReadOnlyList<ScormElement> Scorm12 { get; } = Scorm12Elements.All;

    /// <summary>The table that content of an edition is held to.</summary>
    public static IReadOnlyList<ScormElement> For(bool scorm2004) => scorm2004 ? Scorm2004 : Scorm12;

    /// <summary>The browser's module: rows of name, type, access, initial value and rules.</summary>
    public static string ToScript()
    {
        var script = new StringBuilder();
        script.Append("// Written from Lms.Standards, Scorm/DataModel: change it there. [name, type, access (1 read, 2 write), initial value, rules]\n\n");
        AppendRows(script, "scorm2004", Scorm2004);
        AppendRows(script, "scorm12", Scorm12);
        AppendCodes(script, "languages2", Languages.TwoLetters, 2);
        AppendCodes(script, "languages3", Languages.ThreeLetters, 3);
        return script.ToString();
    }

    private static void AppendRows(StringBuilder script, string name, IEnumerable<ScormElement> rows)
    {
        script.Append(CultureInfo.InvariantCulture, $"export const {name} = [\n");
        foreach (var row in rows)
        {
            var initial = JsonSerializer.Serialize(row.Initial, Plain);
            script.Append(CultureInfo.InvariantCulture, $"  [\"{row.Name}\", \"{row.Type}\", {(int)row.Access}, {initial}, {(int)row.Rules}],\n");
        }
        script.Append("];\n\n");
    }

    private static void AppendCodes(StringBuilder script, string name, string codes, int length) =>
        script.Append(CultureInfo.InvariantCulture, $"export const {name} = new Set('{codes}'.match(/.{{{length}}}/g));\n");

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
