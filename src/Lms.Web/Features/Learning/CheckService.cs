using Lms.Manuscripts.Questions;
using Lms.Web.Data;
using Lms.Web.Features.Assessment;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Xapi.Store;
using Microsoft.EntityFrameworkCore;
using Manuscript = Lms.Manuscripts.Courses;

namespace Lms.Web.Features.Learning;

/// <summary>Keeps answers to the knowledge checks of lessons.</summary>
public sealed class CheckService(
    LmsDbContext db, CourseLibrary library, StatementStore statements, LearningStatements learning, AssessmentStatements say, TimeProvider clock)
{
    /// <summary>
    /// Grades and keeps an answer and says so, in one commit. Sending the same again from the same page, which had seen
    /// <paramref name="seenTries"/>, changes nothing. Null when the learner has no such enrolment.
    /// </summary>
    public Task<CheckAnswer?> AnswerAsync(
        Guid enrolmentId, Guid learnerId, Manuscript.Lesson lesson, string language, string item, IReadOnlyList<string> response, int seenTries, CancellationToken ct) =>
        db.RetryAsync<CheckAnswer?>(async () =>
        {
            var enrolment = await db.Enrolments.SingleOrDefaultAsync(e => e.Id == enrolmentId && e.LearnerId == learnerId, ct);
            if (enrolment is null) return null;
            var answer = await db.CheckAnswers.SingleOrDefaultAsync(a => a.EnrolmentId == enrolmentId && a.Item == item, ct);
            if (answer is not null && answer.Tries > seenTries && answer.Response.SequenceEqual(response)) return answer;

            var course = await library.GetAsync(enrolment.CourseVersionId, ct);
            var texts = TextsOf(lesson, item);
            var grade = texts[language].Grade(response);
            if (answer is null) db.Add(answer = new CheckAnswer
            {
                EnrolmentId = enrolmentId,
                LearnerId = learnerId,
                CentreId = enrolment.CentreId,
                CourseVersionId = enrolment.CourseVersionId,
                Item = item,
            });
            enrolment.Answered();
            answer.Answer(response, grade.Correct, clock.GetUtcNow().UtcDateTime);
            var result = ItemActivities.ResultOf(texts[language], response, grade.Correct, grade.Score);
            await statements.AppendAsync(
                say.Answered(enrolment, course, learning.LessonActivity(course, lesson), texts, language, result), enrolment.CentreId, ct);
            await db.SaveChangesAsync(ct);
            return answer;
        });

    private static Dictionary<string, Item> TextsOf(Manuscript.Lesson lesson, string item) => lesson.Texts
        .Select(t => (Language: t.Key, Item: t.Value.Blocks.FirstOrDefault(b => b.Check?.Id == item)?.Check))
        .Where(t => t.Item is not null)
        .ToDictionary(t => t.Language, t => t.Item!);
}
