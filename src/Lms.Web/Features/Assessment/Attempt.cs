using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Assessment;

/// <summary>One sitting of a final assessment: which items were drawn, in which order, and what was answered.</summary>
public sealed class Attempt
{
    /// <summary>How long after the end an answer that was on its way still counts.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly List<AttemptAnswer> _answers = [];

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid EnrolmentId { get; init; }
    public required Guid LearnerId { get; init; }
    public required Guid CentreId { get; init; }
    public required Guid CourseVersionId { get; init; }
    /// <summary>1 for the first.</summary>
    public required int Number { get; init; }
    public required string Language { get; init; }
    public required DateTime StartedAt { get; init; }
    /// <summary>When time runs out; null without a limit.</summary>
    public DateTime? DueAt { get; init; }
    public DateTime? SubmittedAt { get; private set; }
    /// <summary>0 to 1.</summary>
    public double? Score { get; private set; }
    public bool? Passed { get; private set; }
    /// <summary>True when a critical item was wrong, which fails the attempt whatever its score.</summary>
    public bool CriticalMissed { get; private set; }
    public int Version { get; private set; }
    /// <summary>One row for each drawn item, in the order shown.</summary>
    public IReadOnlyList<AttemptAnswer> Answers => _answers;

    /// <summary>Whether time, with its grace, has run out on an attempt that nobody submitted.</summary>
    public bool IsOverdue(DateTime now) => SubmittedAt is null && DueAt + Grace < now;

    public void Draw(IEnumerable<AttemptAnswer> items) => _answers.AddRange(items);

    /// <summary>
    /// Keeps an answer; a later one replaces it, and one that a later has overtaken on its way is dropped. False once submitted or
    /// out of time.
    /// </summary>
    /// <param name="sequence">Grows with each answer to an item; null for one that is the latest by all means.</param>
    public bool Answer(string item, IReadOnlyList<string> response, long? sequence, DateTime at)
    {
        if (SubmittedAt is not null || IsOverdue(at)) return false;
        var answer = _answers.Find(a => a.Item == item);
        if (answer is null) return false;
        if (sequence <= answer.Sequence) return true;
        answer.Record(response, sequence ?? answer.Sequence + 1, at);
        Version++;
        return true;
    }

    /// <summary>Closes the attempt with its grades, at the latest when its time ran out. False when it was closed before.</summary>
    public bool Submit(Func<AttemptAnswer, (bool Correct, double Score)> grade, int passPercent, DateTime at)
    {
        ArgumentNullException.ThrowIfNull(grade);
        if (SubmittedAt is not null) return false;
        foreach (var answer in _answers) answer.Mark(grade(answer));
        Score = _answers.Count == 0 ? 0 : _answers.Average(a => a.Score ?? 0);
        CriticalMissed = _answers.Any(a => a is { Critical: true, Correct: not true });
        Passed = !CriticalMissed && Math.Round(Score.Value * 100, 6) >= passPercent;
        SubmittedAt = DueAt + Grace < at ? DueAt + Grace : at;
        Version++;
        return true;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<Attempt>
    {
        public void Configure(EntityTypeBuilder<Attempt> attempt)
        {
            attempt.Property(a => a.Version).IsConcurrencyToken();
            attempt.Property(a => a.Language).HasMaxLength(16);
            attempt.HasIndex(a => new { a.EnrolmentId, a.Number }).IsUnique();
            attempt.HasIndex(a => new { a.CourseVersionId, a.SubmittedAt });
            attempt.OwnsMany(a => a.Answers, answer =>
            {
                answer.ToTable("AttemptAnswers");
                answer.WithOwner().HasForeignKey("AttemptId");
                answer.HasKey("AttemptId", nameof(AttemptAnswer.Item));
                answer.Property(a => a.Item).HasMaxLength(64);
                answer.Property(a => a.Objective).HasMaxLength(64);
                answer.Ignore(a => a.IsAnswered);
                answer.Property(a => a.Order).HasJson();
                answer.Property(a => a.Response).HasJson();
                answer.HasIndex(a => new { a.CourseVersionId, a.Item, a.Correct });
            });
            attempt.Navigation(a => a.Answers).UsePropertyAccessMode(PropertyAccessMode.Field);
        }
    }
}

/// <summary>A drawn item and what was answered to it.</summary>
public sealed class AttemptAnswer
{
    public required string Item { get; init; }
    public required string Objective { get; init; }
    public required Guid CourseVersionId { get; init; }
    /// <summary>1 for the first shown.</summary>
    public required int Position { get; init; }
    public required bool Critical { get; init; }
    /// <summary>The shuffled order in which options, rows or steps are shown: indexes of the item's own.</summary>
    public required IReadOnlyList<int> Order { get; init; }
    public IReadOnlyList<string> Response { get; private set; } = [];
    public DateTime? AnsweredAt { get; private set; }
    /// <summary>The browser's number of the latest answer kept; it only grows.</summary>
    public long Sequence { get; private set; }
    public bool IsAnswered => Response.Count > 0;
    /// <summary>Null until the attempt is submitted.</summary>
    public bool? Correct { get; private set; }
    public double? Score { get; private set; }

    internal void Record(IReadOnlyList<string> response, long sequence, DateTime at) => (Response, Sequence, AnsweredAt) = (response, sequence, at);
    internal void Mark((bool Correct, double Score) grade) => (Correct, Score) = grade;
}
