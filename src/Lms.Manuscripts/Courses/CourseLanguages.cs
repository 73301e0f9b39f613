using Lms.Manuscripts.Findings;
using Lms.Manuscripts.Questions.Notation;

namespace Lms.Manuscripts.Courses;

/// <summary>Decides in which languages a course can be offered.</summary>
internal static class CourseLanguages
{
    /// <summary>The course's own language and every other in which all lessons, the bank and the titles exist.</summary>
    public static IReadOnlyList<string> Complete(CourseFile course, IReadOnlyList<LessonFolder> lessons, IReadOnlyList<BankFolder> banks, Report report)
    {
        var complete = new List<string> { course.Language };
        var others = lessons.SelectMany(l => l.Languages).Concat(banks.SelectMany(b => b.Languages)).Distinct(StringComparer.Ordinal)
            .Where(l => l != course.Language).Order(StringComparer.Ordinal);
        foreach (var language in others)
        {
            var missing = Missing(language, course, lessons, banks).ToList();
            if (missing.Count == 0) complete.Add(language);
            else report.Warning(course.At, "translation-partial", $"The course is not offered in “{language}” yet: {missing.Count} of its parts are not translated.",
                $"Add {string.Join(", ", missing.Take(6))}{(missing.Count > 6 ? ", …" : "")}.");
        }
        return complete;
    }

    private static IEnumerable<string> Missing(string language, CourseFile course, IReadOnlyList<LessonFolder> lessons, IReadOnlyList<BankFolder> banks)
    {
        foreach (var lesson in lessons.Where(l => !l.Languages.Contains(language))) yield return $"{lesson.Name}/lesson.{language}.md";
        foreach (var bank in banks.Where(b => !b.Items.ContainsKey(language)))
            yield return (lessons.FirstOrDefault(l => l.Folder == bank.Folder) is { } l ? l.Name + "/" : "") + $"questions.{language}.md";
        if (!course.Title.ContainsKey(language)) yield return "the title in course.yaml";
        if (!course.Summary.ContainsKey(language)) yield return "the summary in course.yaml";
        if (course.Modules.Any(m => !m.Title.ContainsKey(language))) yield return "the modules' titles in course.yaml";
        if (course.Assessment is { } assessment && !assessment.Title.ContainsKey(language)) yield return "the assessment's title in course.yaml";
    }
}
