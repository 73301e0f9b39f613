using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Lms.Benchmarks.RecordStore;

/// <summary>Statements of a learning system of some size, about 1.2 KB each: 500 people, 200 activities of 20 courses, 1,000 registrations.</summary>
internal sealed class RandomStatements(int seed)
{
    public const int People = 500;
    public const int Activities = 200;
    public const int Courses = 20;
    public const int Registrations = 1_000;

    private static readonly string[] VerbNames =
        ["initialized", "launched", "attempted", "experienced", "completed", "passed", "failed", "answered", "interacted", "progressed", "mastered", "registered", "terminated", "suspended", "resumed"];

    private readonly Random _random = new(seed);
    private int _count;

    public static string Verb(int i) => $"http://adlnet.gov/expapi/verbs/{VerbNames[i % VerbNames.Length]}";

    public static string Activity(int i) => $"https://lms.example.org/courses/{i % Courses}/activities/{i}";

    public static string Course(int i) => $"https://lms.example.org/courses/{i}";

    public static string Registration(int i) => new Guid(i, 0, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 1).ToString();

    public static string Agent(int i) => (i % 10) switch
    {
        < 6 => $$$"""{"objectType":"Agent","account":{"homePage":"https://lms.example.org","name":"person-{{{i}}}"}}""",
        < 9 => $$"""{"objectType":"Agent","mbox":"mailto:person{{i}}@example.org"}""",
        _ => $$"""{"objectType":"Agent","mbox_sha1sum":"{{i:x40}}"}""",
    };

    public int Next(int below) => _random.Next(below);

    /// <summary>One statement, with a new id.</summary>
    public string One()
    {
        var (activity, person, verb) = (Next(Activities), Next(People), Next(VerbNames.Length));
        var course = activity % Courses;
        var at = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(_count++).ToString("O", CultureInfo.InvariantCulture);
        var result = Next(10) < 6 ? Result() : "";
        var instructor = Next(10) == 0 ? $$""" "instructor":{"objectType":"Agent","mbox":"mailto:teacher{{Next(20)}}@example.org"},""" : "";
        return $$$$"""
            {"id":"{{{{Guid.NewGuid()}}}}","actor":{{{{Agent(person)}}}},"verb":{"id":"{{{{Verb(verb)}}}}","display":{"en":"{{{{VerbNames[verb]}}}}","fr":"{{{{VerbNames[verb]}}}} (fr)"}},
            "object":{"objectType":"Activity","id":"{{{{Activity(activity)}}}}","definition":{"name":{"en":"Activity {{{{activity}}}}","fr":"Activité {{{{activity}}}}"},"description":{"en":"What is learnt in activity {{{{activity}}}} of course {{{{course}}}}."},"type":"http://adlnet.gov/expapi/activities/lesson"}},
            {{{{result}}}}"timestamp":"{{{{at}}}}","context":{"registration":"{{{{Registration((person * 2 + Next(2)) % Registrations)}}}}",{{{{instructor}}}}"platform":"Benchmark","language":"en",
            "contextActivities":{"parent":[{"objectType":"Activity","id":"{{{{Course(course)}}}}"}],"grouping":[{"objectType":"Activity","id":"{{{{Course(course)}}}}","definition":{"name":{"en":"Course {{{{course}}}}"},"type":"http://adlnet.gov/expapi/activities/course"}}],"category":[{"objectType":"Activity","id":"https://w3id.org/xapi/cmi5/context/categories/cmi5"}]},
            "extensions":{"https://w3id.org/xapi/cmi5/context/extensions/sessionid":"session-{{{{Next(5_000)}}}}"}}}
            """;
    }

    public byte[] Batch(int size)
    {
        var text = new StringBuilder("[");
        for (var i = 0; i < size; i++) text.Append(i > 0 ? "," : "").Append(One());
        return Encoding.UTF8.GetBytes(text.Append(']').ToString());
    }

    private string Result()
    {
        var score = Next(101);
        return $$"""
            "result":{"score":{"scaled":{{(score / 100.0).ToString(CultureInfo.InvariantCulture)}},"raw":{{score}},"min":0,"max":100},"success":{{JsonSerializer.Serialize(score >= 60)}},"completion":true,"duration":"PT{{Next(59)}}M{{Next(59)}}S"},
            """;
    }
}
