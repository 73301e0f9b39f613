namespace Lms.Manuscripts.Courses;

/// <summary>A course read from its folder: complete, validated and free of any path of the machine that read it.</summary>
public sealed record Course
{
    /// <summary>Stable identifier, lower-case letters, digits and hyphens; also the course's address.</summary>
    public required string Id { get; init; }

    /// <summary>The author's version. A new minor keeps completions, a new major does not.</summary>
    public required CourseNumber Version { get; init; }

    /// <summary>BCP 47 tag of the source language.</summary>
    public required string Language { get; init; }

    /// <summary>Every language in which all lessons and the bank exist, the source language first.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>Title by language tag; at least the source language.</summary>
    public required LanguageMap Title { get; init; }

    /// <summary>One or two sentences by language tag.</summary>
    public required LanguageMap Summary { get; init; }

    /// <summary>For whom the course is, by language tag; may be empty.</summary>
    public required LanguageMap Audience { get; init; }

    /// <summary>Modules in the order of study; every module has at least one lesson.</summary>
    public required IReadOnlyList<Module> Modules { get; init; }

    /// <summary>The final assessment; null when the course has none.</summary>
    public Assessment? Assessment { get; init; }

    /// <summary>What completing the course earns; null when it earns nothing.</summary>
    public CertificatePolicy? Certificate { get; init; }

    /// <summary>The bank by language tag: the same ids in the same order in each.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<Questions.Item>> Bank { get; init; }

    /// <summary>Figures by SHA-256 (lower-case hex) of their sanitised bytes; no part of the JSON, where the hashes stand for them.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyDictionary<string, Asset> Assets { get; init; } = new Dictionary<string, Asset>();

    /// <summary>Every lesson in the order of study.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<Lesson> Lessons => Modules.SelectMany(m => m.Lessons);

    /// <summary>Minutes of study, the lessons' sum.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Minutes => Lessons.Sum(l => l.Minutes);
}

/// <summary>A course's version as its author numbers it.</summary>
/// <param name="Major">Raised when earlier completions no longer stand for the course.</param>
/// <param name="Minor">Raised when they do.</param>
public readonly record struct CourseNumber(int Major, int Minor) : IComparable<CourseNumber>
{
    /// <inheritdoc/>
    public int CompareTo(CourseNumber other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    /// <summary><c>major.minor</c>.</summary>
    public override string ToString() => $"{Major}.{Minor}";

    /// <summary>Whether <paramref name="left"/> is the older.</summary>
    public static bool operator <(CourseNumber left, CourseNumber right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> is the newer.</summary>
    public static bool operator >(CourseNumber left, CourseNumber right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> is older or the same.</summary>
    public static bool operator <=(CourseNumber left, CourseNumber right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> is newer or the same.</summary>
    public static bool operator >=(CourseNumber left, CourseNumber right) => left.CompareTo(right) >= 0;
}

/// <summary>A text in several languages, keyed by BCP 47 tag.</summary>
public sealed class LanguageMap : Dictionary<string, string>
{
    /// <summary>An empty map.</summary>
    public LanguageMap() : base(StringComparer.OrdinalIgnoreCase) { }

    /// <summary>The text in <paramref name="language"/>, else in its parent language, else the first one; empty when the map is.</summary>
    public string In(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        for (var tag = language; ;)
        {
            if (TryGetValue(tag, out var text)) return text;
            var dash = tag.LastIndexOf('-');
            if (dash < 0) break;
            tag = tag[..dash];
        }
        return Values.FirstOrDefault() ?? "";
    }
}

/// <summary>A part of a course.</summary>
public sealed record Module
{
    /// <summary>Title by language tag.</summary>
    public required LanguageMap Title { get; init; }

    /// <summary>Lessons in the order of study.</summary>
    public required IReadOnlyList<Lesson> Lessons { get; init; }
}

/// <summary>One lesson, in every language it was written in.</summary>
public sealed record Lesson
{
    /// <summary>Stable identifier, unique in the course; survives renaming the folder.</summary>
    public required string Id { get; init; }

    /// <summary>The folder's name without its number: the lesson's address within the course.</summary>
    public required string Slug { get; init; }

    /// <summary>Minutes of study.</summary>
    public required int Minutes { get; init; }

    /// <summary>Bloom level, lower case.</summary>
    public required string Bloom { get; init; }

    /// <summary>What a learner can do afterwards; texts by language tag.</summary>
    public required IReadOnlyList<Objective> Objectives { get; init; }

    /// <summary>The clauses that the lesson teaches.</summary>
    public required IReadOnlyList<StandardRef> Standards { get; init; }

    /// <summary>Ids of lessons to be studied first.</summary>
    public IReadOnlyList<string> Prerequisites { get; init; } = [];

    /// <summary>Figures and claims an expert must stand behind.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>The packaged content that the lesson consists of, by the id of its version; null for a lesson of text.</summary>
    public Guid? Package { get; init; }

    /// <summary>Who reviewed the lesson, and when; null while it is a draft.</summary>
    public Review? Review { get; init; }

    /// <summary>The lesson's text by language tag.</summary>
    public required IReadOnlyDictionary<string, LessonText> Texts { get; init; }
}

/// <summary>A learning objective.</summary>
public sealed record Objective(string Id, LanguageMap Text);

/// <summary>A clause of a standard: document, year and clause, never less.</summary>
/// <param name="Document">Id in <c>standards.yaml</c>.</param>
/// <param name="Title">The document's title.</param>
/// <param name="Year">Year of the edition.</param>
/// <param name="Clause">Clause as the document numbers it.</param>
public sealed record StandardRef(string Document, string Title, int Year, string Clause)
{
    /// <summary>For a reader: title, year and clause.</summary>
    public override string ToString() => $"{Title} ({Year}) {Clause}";
}

/// <summary>A figure or claim with its source.</summary>
public sealed record Fact(string Claim, string? Value, string? Unit, string Source, bool Verified);

/// <summary>A review by a subject-matter expert.</summary>
public sealed record Review(string By, DateOnly On);

/// <summary>A lesson in one language, ready to be shown.</summary>
public sealed record LessonText
{
    /// <summary>Title, plain text.</summary>
    public required string Title { get; init; }

    /// <summary>The body in order: sanitised HTML and, between its pieces, knowledge checks.</summary>
    public required IReadOnlyList<LessonBlock> Blocks { get; init; }

    /// <summary>SHA-256 (lower-case hex) of each figure shown: bytes to download are the sum of their lengths.</summary>
    public required IReadOnlyList<string> Assets { get; init; }

    /// <summary>Bytes of the figures shown.</summary>
    public required long AssetBytes { get; init; }

    /// <summary>True when this is a translation of an earlier source text.</summary>
    public bool Stale { get; init; }
}

/// <summary>A piece of a lesson: exactly one of the two is set.</summary>
/// <param name="Html">Sanitised HTML; a figure's address is <c>/files/{sha256}</c>.</param>
/// <param name="Check">A knowledge check.</param>
public sealed record LessonBlock(string? Html, Questions.Item? Check);

/// <summary>A figure's bytes.</summary>
/// <param name="MediaType"><c>image/svg+xml</c>, <c>image/png</c>, <c>image/jpeg</c> or <c>image/webp</c>.</param>
/// <param name="Bytes">Sanitised content.</param>
/// <param name="File">Where it is: relative to the folder that was read, with forward slashes.</param>
public sealed record Asset(string MediaType, byte[] Bytes, string File);

/// <summary>The final assessment's policy.</summary>
public sealed record Assessment
{
    /// <summary>Title by language tag.</summary>
    public required LanguageMap Title { get; init; }

    /// <summary>Pass mark in percent, 1 to 100.</summary>
    public required int Pass { get; init; }

    /// <summary>Attempts allowed; null for no limit.</summary>
    public int? Attempts { get; init; }

    /// <summary>Minutes of one attempt; null for no limit.</summary>
    public int? Minutes { get; init; }

    /// <summary>Hours between the end of one attempt and the start of the next.</summary>
    public int WaitHours { get; init; }

    /// <summary>How many items are drawn for each objective id.</summary>
    public required IReadOnlyDictionary<string, int> Blueprint { get; init; }
}

/// <summary>What completing a course earns.</summary>
/// <param name="Type"><c>completion</c> or <c>competency</c>.</param>
/// <param name="ValidMonths">Months until it expires; null for never.</param>
public sealed record CertificatePolicy(string Type, int? ValidMonths);

/// <summary>Courses that belong together, for one audience.</summary>
public sealed record Programme(string Id, LanguageMap Title, LanguageMap Summary, IReadOnlyList<string> Courses);
