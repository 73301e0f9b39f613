using System.Text.Json.Nodes;
using Lms.Manuscripts.Questions;
using Lms.Standards.Xapi;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Learning;
using Lms.Web.Features.Xapi;

namespace Lms.Web.Features.Assessment;

/// <summary>What is said about answers and sittings.</summary>
public sealed class AssessmentStatements(LearningStatements say, ItemActivities items, XapiAddresses addresses)
{
    /// <summary>An answer to a question of <paramref name="parent"/>, a lesson or the assessment.</summary>
    public Statement Answered(
        Enrolment enrolment, PublishedCourse course, Activity parent, IReadOnlyDictionary<string, Item> texts, string language, Result result) =>
        say.About(enrolment, course, Verbs.Answered, items.Of(course, texts), parent, language, result);

    public Statement Attempted(Enrolment enrolment, PublishedCourse course, Attempt attempt) =>
        OfAttempt(enrolment, course, attempt, Verbs.Attempted, result: null);

    /// <summary>The end of a sitting: an answer for each item answered, then passed or failed, then completed.</summary>
    public IEnumerable<Statement> Submitted(Enrolment enrolment, PublishedCourse course, Attempt attempt)
    {
        ArgumentNullException.ThrowIfNull(course);
        ArgumentNullException.ThrowIfNull(attempt);
        var assessment = AssessmentActivity(course);
        foreach (var answer in attempt.Answers.Where(a => a.IsAnswered))
        {
            var texts = course.Content.Bank.ToDictionary(b => b.Key, b => b.Value.First(i => i.Id == answer.Item));
            var result = ItemActivities.ResultOf(texts[attempt.Language], answer.Response, answer.Correct == true, answer.Score ?? 0);
            yield return WithAttempt(Answered(enrolment, course, assessment, texts, attempt.Language, result), attempt) with { Timestamp = answer.AnsweredAt };
        }
        var score = new Score(ItemActivities.Scaled(attempt.Score!.Value), (decimal)attempt.Answers.Sum(a => a.Score ?? 0), 0, attempt.Answers.Count);
        var passed = attempt.Passed == true;
        var duration = attempt.SubmittedAt - attempt.StartedAt;
        yield return OfAttempt(enrolment, course, attempt, passed ? Verbs.Passed : Verbs.Failed, new Result { Score = score, Success = passed, Duration = duration });
        yield return OfAttempt(enrolment, course, attempt, Verbs.Completed, new Result { Completion = true, Duration = duration });
    }

    private Statement OfAttempt(Enrolment enrolment, PublishedCourse course, Attempt attempt, Verb verb, Result? result) =>
        WithAttempt(say.About(enrolment, course, verb, AssessmentActivity(course), language: attempt.Language, result: result), attempt);

    private static Statement WithAttempt(Statement statement, Attempt attempt) => statement with
    {
        Context = statement.Context! with
        {
            Extensions = new Dictionary<string, JsonNode?>(statement.Context.Extensions!) { [ContextExtensions.Attempt] = attempt.Id.ToString() },
        },
    };

    private Activity AssessmentActivity(PublishedCourse course) => new(addresses.Assessment(course.Content.Id))
    {
        Definition = new ActivityDefinition { Name = course.Content.Assessment!.Title, Type = ActivityTypes.Assessment },
    };
}
