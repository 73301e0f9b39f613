using System.Globalization;
using Lms.Manuscripts.Questions;
using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Learning;
using Lms.Web.Features.Xapi.Store;
using Lms.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Policy = Lms.Manuscripts.Courses.Assessment;

namespace Lms.Web.Features.Assessment;

/// <summary>A sitting's time is up: whoever has not submitted it by then has it submitted.</summary>
public sealed record AttemptDue(Guid AttemptId);

/// <summary>Somebody who had passed before passed again, to renew a certificate.</summary>
public sealed record AssessmentRenewed(Guid EnrolmentId, Guid AttemptId);

/// <summary>A sitting with the items that it draws on, in its language.</summary>
public sealed record OpenSitting(Attempt Attempt, PublishedCourse Course, IReadOnlyDictionary<string, Item> Items)
{
    public IReadOnlyList<AttemptAnswer> Answers { get; } = [.. Attempt.Answers.OrderBy(a => a.Position)];
    public int Answered => Answers.Count(a => a.IsAnswered);
    public DateTime? SavedAt => Answers.Max(a => a.AnsweredAt);

    public Question Question(AttemptAnswer answer, QuestionMode mode, string? heading)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new Question(Items[answer.Item], answer.Order, mode)
        {
            Response = answer.Response,
            Heading = heading,
            Part = mode == QuestionMode.Answer ? answer.Position.ToString(CultureInfo.InvariantCulture) : null,
            Language = Attempt.Language,
        };
    }
}

/// <summary>Starts, keeps and closes sittings of the final assessment.</summary>
public sealed class AttemptService(
    LmsDbContext db, CourseLibrary library, StatementStore statements, AssessmentStatements say, ProgressService progress, IRenewals renewals, Outbox outbox,
    TimeProvider clock)
{
    /// <summary>
    /// The sitting under way, or a new one where the rules allow it. Null when they don't, or when this is nobody's enrolment or its
    /// course has no assessment.
    /// </summary>
    public async Task<Guid?> StartAsync(Guid enrolmentId, Guid learnerId, string language, CancellationToken ct)
    {
        await CloseOverdueAsync(enrolmentId, learnerId, ct);
        return await db.RetryAsync<Guid?>(async () =>
        {
            var enrolment = await db.Enrolments.SingleOrDefaultAsync(e => e.Id == enrolmentId && e.LearnerId == learnerId && e.ReplacedAt == null, ct);
            if (enrolment is null) return null;
            var course = await library.GetAsync(enrolment.CourseVersionId, ct);
            if (course.Content.Assessment is not { } policy) return null;

            var sittings = await SittingsAsync(enrolmentId, ct);
            var rules = await RulesAsync(enrolment, policy, sittings, ct);
            if (rules.State == AttemptState.InProgress) return sittings[^1].Id;
            if (rules.State != AttemptState.Ready) return null;

            var attempt = await NewAsync(enrolment, course, sittings, course.LanguageFor(language), ct);
            await db.SaveChangesAsync(ct);
            return attempt.Id;
        });
    }

    /// <summary>Keeps one answer. False when the sitting is over; null when the learner has no such sitting or question.</summary>
    public Task<bool?> AnswerAsync(Guid attemptId, Guid learnerId, int position, IReadOnlyList<string> response, long? sequence, CancellationToken ct) =>
        db.RetryAsync<bool?>(async () =>
        {
            var attempt = await db.Attempts.SingleOrDefaultAsync(a => a.Id == attemptId && a.LearnerId == learnerId, ct);
            if (attempt?.Answers.FirstOrDefault(a => a.Position == position) is not { } answer) return null;
            var kept = attempt.Answer(answer.Item, response, sequence, Now);
            if (kept) await db.SaveChangesAsync(ct);
            return kept;
        });

    /// <summary>Submits and grades. False when it was submitted before; null when the learner has no such sitting.</summary>
    public Task<bool?> SubmitAsync(Guid attemptId, Guid learnerId, CancellationToken ct) =>
        db.RetryAsync<bool?>(async () =>
        {
            var attempt = await db.Attempts.SingleOrDefaultAsync(a => a.Id == attemptId && a.LearnerId == learnerId, ct);
            return attempt is null ? null : await CloseAsync(attempt, ct);
        });

    /// <summary>Submits a sitting whose time has run out, if nobody has.</summary>
    public Task<bool> CloseIfOverdueAsync(Guid attemptId, CancellationToken ct) =>
        db.RetryAsync(async () =>
        {
            var attempt = await db.Attempts.SingleOrDefaultAsync(a => a.Id == attemptId, ct);
            return attempt?.IsOverdue(Now) == true && await CloseAsync(attempt, ct);
        });

    /// <summary>Submits what ran out of time while nobody looked; the job for it may still be waiting.</summary>
    public async Task CloseOverdueAsync(Guid enrolmentId, Guid learnerId, CancellationToken ct)
    {
        var late = Now - Attempt.Grace;
        var overdue = await db.Attempts.Where(a => a.EnrolmentId == enrolmentId && a.LearnerId == learnerId && a.SubmittedAt == null && a.DueAt < late)
            .Select(a => a.Id).ToListAsync(ct);
        foreach (var id in overdue) await CloseIfOverdueAsync(id, ct);
    }

    /// <summary>A sitting of the learner with its questions; null when there is none of that id. One out of time is closed first.</summary>
    public async Task<OpenSitting?> FindAsync(Guid enrolmentId, Guid attemptId, Guid learnerId, CancellationToken ct)
    {
        var attempt = await LoadAsync();
        if (attempt?.IsOverdue(Now) == true && await CloseIfOverdueAsync(attemptId, ct)) attempt = await LoadAsync();
        if (attempt is null) return null;
        var course = await library.GetAsync(attempt.CourseVersionId, ct);
        return new OpenSitting(attempt, course, course.Content.Bank[attempt.Language].ToDictionary(i => i.Id));

        Task<Attempt?> LoadAsync() => db.Attempts.AsNoTracking()
            .SingleOrDefaultAsync(a => a.Id == attemptId && a.EnrolmentId == enrolmentId && a.LearnerId == learnerId, ct);
    }

    /// <summary>The sittings of an enrolment, the first first.</summary>
    public Task<List<Sitting>> SittingsAsync(Guid enrolmentId, CancellationToken ct) =>
        db.Attempts.AsNoTracking().Where(a => a.EnrolmentId == enrolmentId).OrderBy(a => a.Number)
            .Select(a => new Sitting(a.Id, a.Number, a.StartedAt, a.DueAt, a.SubmittedAt, a.Score, a.Passed)).ToListAsync(ct);

    /// <summary>What the learner may do now.</summary>
    public async Task<AttemptRules> RulesAsync(Enrolment enrolment, Policy policy, IReadOnlyList<Sitting> sittings, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(enrolment);
        var passed = enrolment.PassedAt is not null;
        DateTime? renewedSince = passed && (await renewals.OpenAsync([enrolment.Id], ct)).TryGetValue(enrolment.Id, out var since) ? since : null;
        return AttemptRules.For(policy, sittings, passed, renewedSince, Now);
    }

    private async Task<Attempt> NewAsync(Enrolment enrolment, PublishedCourse course, List<Sitting> sittings, string language, CancellationToken ct)
    {
        Guid? lastId = sittings.Count == 0 ? null : sittings[^1].Id;
        var previous = await db.Attempts.Where(a => a.Id == lastId).SelectMany(a => a.Answers).Select(a => a.Item).ToListAsync(ct);
        var attempt = new Attempt
        {
            EnrolmentId = enrolment.Id,
            LearnerId = enrolment.LearnerId,
            CentreId = enrolment.CentreId,
            CourseVersionId = course.Row.Id,
            Number = sittings.Count + 1,
            Language = language,
            StartedAt = Now,
            DueAt = course.Content.Assessment!.Minutes is { } minutes ? Now.AddMinutes(minutes) : null,
        };
        attempt.Draw(Draw.From(course, previous.ToHashSet()));
        db.Add(attempt);
        // A moment more, so that the job finds the grace over.
        if (attempt.DueAt is { } due) outbox.Add(new AttemptDue(attempt.Id), due + Attempt.Grace + TimeSpan.FromSeconds(1));
        await statements.AppendAsync(say.Attempted(enrolment, course, attempt), enrolment.CentreId, ct);
        return attempt;
    }

    /// <summary>Grades, passes the enrolment and says so, all in one commit.</summary>
    private async Task<bool> CloseAsync(Attempt attempt, CancellationToken ct)
    {
        var course = await library.GetAsync(attempt.CourseVersionId, ct);
        var bank = course.Content.Bank[attempt.Language].ToDictionary(i => i.Id);
        if (!attempt.Submit(answer => GradeOf(bank[answer.Item].Grade(answer.Response)), course.Content.Assessment!.Pass, Now)) return false;

        var enrolment = await db.Enrolments.SingleAsync(e => e.Id == attempt.EnrolmentId, ct);
        foreach (var statement in say.Submitted(enrolment, course, attempt)) await statements.AppendAsync(statement, enrolment.CentreId, ct);
        // Nobody who has passed begins again but to renew a certificate.
        if (attempt.Passed == true && enrolment.PassedAt is not null) outbox.Add(new AssessmentRenewed(enrolment.Id, attempt.Id));
        else if (attempt.Passed == true)
        {
            // The learner may have moved to a newer minor version since the sitting began.
            var current = await library.GetAsync(enrolment.CourseVersionId, ct);
            await progress.RecordAsync(enrolment, current, enrolment.Pass(attempt.Score!.Value, attempt.SubmittedAt!.Value), ct);
        }
        await db.SaveChangesAsync(ct);
        return true;

        static (bool, double) GradeOf(Grade grade) => (grade.Correct, grade.Score);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}

/// <summary>Submits a sitting when its time is up.</summary>
public sealed class SubmitDueAttempt(AttemptService attempts) : IJob<AttemptDue>
{
    public Task RunAsync(AttemptDue message, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        return attempts.CloseIfOverdueAsync(message.AttemptId, ct);
    }
}
