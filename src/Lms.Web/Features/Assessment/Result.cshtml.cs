using System.Globalization;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Learning;
using Microsoft.AspNetCore.Mvc;
using Manuscript = Lms.Manuscripts.Courses;

namespace Lms.Web.Features.Assessment;

/// <summary>What became of a sitting: score, objectives, what to study again, and the reasons once they give nothing away.</summary>
public sealed class ResultModel(AttemptService attempts, LessonReader reader) : SittingPage(attempts)
{
    public AttemptRules Rules { get; private set; } = null!;
    public Enrolment Enrolment { get; private set; } = null!;
    public IReadOnlyList<ObjectiveResult> Objectives { get; private set; } = [];
    public string Language { get; private set; } = "";
    public IEnumerable<Manuscript.Lesson> StudyAgain => Objectives.Where(o => o.Right < o.Count && o.Lesson is not null).Select(o => o.Lesson!).Distinct();

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await LoadAsync(submitted: true, ct) is { } elsewhere) return elsewhere;
        if (await reader.FindAsync(EnrolmentId, User.PersonId(), ct) is not var (enrolment, _)) return NotFound();
        Enrolment = enrolment;
        var sittings = await Attempts.SittingsAsync(EnrolmentId, ct);
        Rules = await Attempts.RulesAsync(enrolment, Sitting.Course.Content.Assessment!, sittings, ct);
        Language = Sitting.Course.LanguageFor(CultureInfo.CurrentUICulture.Name);
        var order = Sitting.Course.Lessons.SelectMany(l => l.Objectives).Select(o => o.Id).ToList();
        Objectives = [.. Sitting.Answers.GroupBy(a => a.Objective).OrderBy(g => order.IndexOf(g.Key)).Select(ResultOf)];
        return Page();
    }

    private ObjectiveResult ResultOf(IGrouping<string, AttemptAnswer> answers)
    {
        var lesson = Sitting.Course.Lessons.FirstOrDefault(l => l.Objectives.Any(o => o.Id == answers.Key));
        var text = lesson?.Objectives.First(o => o.Id == answers.Key).Text.In(Language) ?? answers.Key;
        return new ObjectiveResult(text, lesson, answers.Count(a => a.Correct == true), answers.Count());
    }
}

/// <summary>How many of an objective's questions were right.</summary>
public sealed record ObjectiveResult(string Text, Manuscript.Lesson? Lesson, int Right, int Count);
