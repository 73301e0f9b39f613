using Lms.Manuscripts.Findings;
using Lms.Manuscripts.Questions.Notation;

namespace Lms.Manuscripts.Courses;

/// <summary>What only shows when the whole course has been read.</summary>
internal static class CourseChecks
{
    public static void Run(CourseFile course, IReadOnlyList<LessonFolder> lessons, IReadOnlyList<BankFolder> banks, Report report)
    {
        var sources = lessons.Select(l => l.Source).OfType<LessonFile>().ToList();
        var objectives = Objectives(sources, report);
        Prerequisites(sources, report);
        var bank = banks.SelectMany(b => b.Source).ToList();
        // With a lesson missing, its objectives are missing too, and one finding is enough.
        if (sources.Count < course.Modules.Sum(m => m.Lessons.Count)) return;
        Items(lessons.SelectMany(l => l.Checks).Concat(bank), objectives, report);
        Blueprint(course, objectives, bank, report);
    }

    private static HashSet<string> Objectives(List<LessonFile> lessons, Report report)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var objective in lessons.SelectMany(l => l.Objectives).Where(o => o.Id.Length > 0))
            if (!ids.Add(objective.Id))
                report.Error(objective.At, "id-twice", $"Two objectives have the id “{objective.Id}”.", "Give one of the two another id.");
        return ids;
    }

    private static void Prerequisites(List<LessonFile> lessons, Report report)
    {
        var earlier = new HashSet<string>(StringComparer.Ordinal);
        var all = lessons.Select(l => l.Id).ToList();
        foreach (var lesson in lessons)
        {
            foreach (var wanted in lesson.Prerequisites.Where(p => !earlier.Contains(p.Value!)))
                if (all.Contains(wanted.Value!)) report.Error(wanted.At, "prerequisite-later", $"“{wanted.Value}” does not come before this lesson.", "Change the order in course.yaml, or remove it.");
                else report.Error(wanted.At, "lesson-unknown", $"No lesson of this course has the id “{wanted.Value}”.", Nearest.Suggest(wanted.Value!, all));
            earlier.Add(lesson.Id);
        }
    }

    private static void Items(IEnumerable<ReadItem> items, HashSet<string> objectives, Report report)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (item.Item.Id.Length > 0 && !ids.Add(item.Item.Id))
                report.Error(item.Head.At, "id-twice", $"Two questions have the id “{item.Item.Id}”.", "Give one of the two another id.");
            if (item.Head.Objective is { } objective && !objectives.Contains(objective))
                report.Error(item.Head.At, "objective-unknown", $"No lesson has the objective “{objective}”.", Nearest.Suggest(objective, objectives));
        }
    }

    private static void Blueprint(CourseFile course, HashSet<string> objectives, List<ReadItem> bank, Report report)
    {
        if (course.Assessment is not { } assessment) return;
        var inBank = bank.CountBy(i => i.Item.Objective, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        foreach (var entry in course.Blueprint)
        {
            var wanted = assessment.Blueprint.GetValueOrDefault(entry.Key);
            var there = inBank.GetValueOrDefault(entry.Key);
            if (!objectives.Contains(entry.Key))
                report.Error(entry.At, "objective-unknown", $"No lesson has the objective “{entry.Key}”.", Nearest.Suggest(entry.Key, objectives));
            else if (there < wanted)
                report.Error(entry.At, "blueprint-short", $"The blueprint draws {wanted} for “{entry.Key}”, and the bank holds {there}.", "Write more questions for this objective, or draw fewer.");
        }
    }
}
