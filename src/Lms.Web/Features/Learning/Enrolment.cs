using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Learning;

/// <summary>
/// A learner's place on one published course version. Its id is the xAPI registration of every statement that belongs to it.
/// </summary>
public sealed class Enrolment
{
    private readonly List<LessonCompletion> _completions = [];

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid LearnerId { get; init; }
    public required Guid CentreId { get; init; }
    public required Guid CourseId { get; init; }
    public required Guid CourseVersionId { get; set; }
    public required int LessonCount { get; set; }
    /// <summary>Whether the version has a final assessment that must be passed.</summary>
    public required bool HasAssessment { get; set; }
    public required DateTime EnrolledAt { get; init; }
    public DateTime? StartedAt { get; private set; }
    public DateTime? PassedAt { get; private set; }
    /// <summary>Best passing score, 0 to 1.</summary>
    public double? Score { get; private set; }
    public DateTime? CompletedAt { get; private set; }
    /// <summary>Set when the learner moves on to a newer major version: this enrolment stays as a record.</summary>
    public DateTime? ReplacedAt { get; private set; }
    public string? LastLesson { get; private set; }
    /// <summary>Counts every change of the enrolment and of the answers that belong to it: what a page shows of it holds while this stays.</summary>
    public int Version { get; private set; }
    public IReadOnlyList<LessonCompletion> Completions => _completions;

    public int Percent => (int)Math.Floor(100.0 * (_completions.Count + (PassedAt is null ? 0 : 1)) / (LessonCount + (HasAssessment ? 1 : 0)));
    public bool HasDone(string lesson) => _completions.Any(c => c.Lesson == lesson);

    /// <summary>Notes that a lesson was opened. True when it is the first of the course.</summary>
    public bool Open(string lesson, DateTime at)
    {
        if (LastLesson == lesson) return false;
        LastLesson = lesson;
        Version++;
        if (StartedAt is not null) return false;
        StartedAt = at;
        return true;
    }

    /// <summary>Notes that an answer to a check of a lesson was kept.</summary>
    public void Answered() => Version++;

    /// <summary>Records the lesson once; repeating it changes nothing.</summary>
    public Progress Complete(string lesson, DateTime at)
    {
        if (HasDone(lesson) || ReplacedAt is not null) return Progress.Unchanged;
        Version++;
        StartedAt ??= at;
        _completions.Add(new LessonCompletion { Lesson = lesson, At = at });
        return CompleteIfAllDone(at);
    }

    /// <summary>Records a passed final assessment once.</summary>
    public Progress Pass(double score, DateTime at)
    {
        if (PassedAt is not null || ReplacedAt is not null) return Progress.Unchanged;
        Version++;
        PassedAt = at;
        Score = score;
        return CompleteIfAllDone(at);
    }

    /// <summary>
    /// Moves a learner who is under way to a newer minor version: lessons that still exist stay done, and no assessment passed is
    /// asked for again.
    /// </summary>
    public Progress MoveTo(Guid versionId, IReadOnlyCollection<string> lessons, bool hasAssessment, DateTime at)
    {
        ArgumentNullException.ThrowIfNull(lessons);
        Version++;
        (CourseVersionId, LessonCount, HasAssessment) = (versionId, lessons.Count, hasAssessment);
        _completions.RemoveAll(c => !lessons.Contains(c.Lesson));
        if (LastLesson is not null && !lessons.Contains(LastLesson)) LastLesson = null;
        return CompleteIfAllDone(at);
    }

    /// <summary>Sets this enrolment aside as a record: the learner starts again on a newer major version.</summary>
    public void Replace(DateTime at)
    {
        ReplacedAt ??= at;
        Version++;
    }

    private Progress CompleteIfAllDone(DateTime at)
    {
        if (CompletedAt is not null || _completions.Count < LessonCount || (HasAssessment && PassedAt is null)) return Progress.Lesson;
        CompletedAt = at;
        return Progress.Course;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<Enrolment>
    {
        public void Configure(EntityTypeBuilder<Enrolment> enrolment)
        {
            enrolment.Property(e => e.Version).IsConcurrencyToken();
            enrolment.Property(e => e.LastLesson).HasMaxLength(64);
            enrolment.HasIndex(e => new { e.LearnerId, e.CourseVersionId }).IsUnique();
            enrolment.HasIndex(e => new { e.CourseId, e.EnrolledAt });
            enrolment.HasIndex(e => new { e.CentreId, e.EnrolledAt });
            enrolment.OwnsMany(e => e.Completions, completion =>
            {
                completion.ToTable("LessonCompletions");
                completion.WithOwner().HasForeignKey("EnrolmentId");
                completion.HasKey("EnrolmentId", nameof(LessonCompletion.Lesson));
                completion.Property(c => c.Lesson).HasMaxLength(64);
            });
            enrolment.Navigation(e => e.Completions).UsePropertyAccessMode(PropertyAccessMode.Field);
        }
    }
}

public sealed class LessonCompletion
{
    /// <summary>The lesson's id, which survives a new version of the course.</summary>
    public required string Lesson { get; init; }
    public required DateTime At { get; init; }
}

public enum Progress
{
    Unchanged,
    /// <summary>A step was recorded; more is to do.</summary>
    Lesson,
    /// <summary>The step was the last: the course is completed.</summary>
    Course,
}

/// <summary>The latest answer to a knowledge check.</summary>
public sealed class CheckAnswer
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid EnrolmentId { get; init; }
    public required Guid LearnerId { get; init; }
    public required Guid CentreId { get; init; }
    public required Guid CourseVersionId { get; init; }
    public required string Item { get; init; }
    public IReadOnlyList<string> Response { get; private set; } = [];
    public bool Correct { get; private set; }
    public int Tries { get; private set; }
    public DateTime AnsweredAt { get; private set; }

    public void Answer(IReadOnlyList<string> response, bool correct, DateTime at)
    {
        (Response, Correct, AnsweredAt) = (response, correct, at);
        Tries++;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<CheckAnswer>
    {
        public void Configure(EntityTypeBuilder<CheckAnswer> answer)
        {
            answer.Property(a => a.Item).HasMaxLength(64);
            answer.Property(a => a.Response).HasJson();
            answer.Property(a => a.Tries).IsConcurrencyToken();
            answer.HasIndex(a => new { a.EnrolmentId, a.Item }).IsUnique();
            answer.HasIndex(a => new { a.CourseVersionId, a.Item, a.Correct });
        }
    }
}
