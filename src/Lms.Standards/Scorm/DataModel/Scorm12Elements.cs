using static Lms.Standards.Scorm.DataModel.ElementAccess;

namespace Lms.Standards.Scorm.DataModel;

// The book's limits on texts (255 and 4096 characters) are not held to: authoring tools go over them, and a text that is
// refused is progress that a learner loses. Responses are texts for the same reason.
internal static class Scorm12Elements
{
    private const string Text = "text", Id = "id12", Decimal = "real", Score = "blankreal 0..100", Keyword = "keyword";
    private const string Status = "words passed|completed|failed|incomplete|browsed|not attempted";
    private const string Scores = "raw,min,max";

    public static ScormElement[] All { get; } =
    [
        new("cmi._version", Keyword, Read, "3.4"),

        new("cmi.core._children", Keyword, Read,
            "student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time"),
        new("cmi.core.student_id", Id, Read),
        new("cmi.core.student_name", Text, Read),
        new("cmi.core.lesson_location", Text, ReadWrite, ""),
        new("cmi.core.credit", "words credit|no-credit", Read, "credit"),
        new("cmi.core.lesson_status", Status, ReadWrite, "not attempted"),
        new("cmi.core.entry", "words ab-initio|resume|", Read, "ab-initio"),
        new("cmi.core.score._children", Keyword, Read, Scores),
        new("cmi.core.score.raw", Score, ReadWrite, ""),
        new("cmi.core.score.min", Score, ReadWrite, ""),
        new("cmi.core.score.max", Score, ReadWrite, ""),
        new("cmi.core.total_time", "timespan12", Read, "0000:00:00.00"),
        new("cmi.core.lesson_mode", "words browse|normal|review", Read, "normal"),
        new("cmi.core.exit", "words time-out|suspend|logout|", Write, ""),
        new("cmi.core.session_time", "timespan12", Write),

        new("cmi.suspend_data", Text, ReadWrite, ""),
        new("cmi.launch_data", Text, Read, ""),
        new("cmi.comments", Text, ReadWrite, "", ElementRules.Appends),
        new("cmi.comments_from_lms", Text, Read, ""),

        new("cmi.objectives._children", Keyword, Read, "id,score,status"),
        new("cmi.objectives._count", Keyword, Read),
        new("cmi.objectives.n.id", Id, ReadWrite, ""),
        new("cmi.objectives.n.score._children", Keyword, Read, Scores),
        new("cmi.objectives.n.score.raw", Score, ReadWrite, ""),
        new("cmi.objectives.n.score.min", Score, ReadWrite, ""),
        new("cmi.objectives.n.score.max", Score, ReadWrite, ""),
        new("cmi.objectives.n.status", Status, ReadWrite, "not attempted"),

        new("cmi.student_data._children", Keyword, Read, "mastery_score,max_time_allowed,time_limit_action"),
        new("cmi.student_data.mastery_score", Decimal, Read, ""),
        new("cmi.student_data.max_time_allowed", "timespan12", Read, ""),
        new("cmi.student_data.time_limit_action", "words exit,message|exit,no message|continue,message|continue,no message", Read, ""),

        new("cmi.student_preference._children", Keyword, Read, "audio,language,speed,text"),
        new("cmi.student_preference.audio", "integer -1..100", ReadWrite, "0"),
        new("cmi.student_preference.language", Text, ReadWrite, ""),
        new("cmi.student_preference.speed", "integer -100..100", ReadWrite, "0"),
        new("cmi.student_preference.text", "integer -1..1", ReadWrite, "0"),

        new("cmi.interactions._children", Keyword, Read,
            "id,objectives,time,type,correct_responses,weighting,student_response,result,latency"),
        new("cmi.interactions._count", Keyword, Read),
        new("cmi.interactions.n.id", Id, Write),
        new("cmi.interactions.n.objectives._count", Keyword, Read),
        new("cmi.interactions.n.objectives.n.id", Id, Write),
        new("cmi.interactions.n.time", "time12", Write),
        new("cmi.interactions.n.type", "words true-false|choice|fill-in|matching|performance|sequencing|likert|numeric", Write),
        new("cmi.interactions.n.correct_responses._count", Keyword, Read),
        new("cmi.interactions.n.correct_responses.n.pattern", Text, Write),
        new("cmi.interactions.n.weighting", Decimal, Write),
        new("cmi.interactions.n.student_response", Text, Write),
        new("cmi.interactions.n.result", "result correct|wrong|unanticipated|neutral", Write),
        new("cmi.interactions.n.latency", "timespan12", Write),
    ];
}
