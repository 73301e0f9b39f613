namespace Lms.Web.Features.Catalog;

/// <summary>Where a learner stands on a course: what a card and a course page show beside it.</summary>
/// <param name="Done">Steps done of <paramref name="Total"/>, the final assessment being one.</param>
/// <param name="ContinueUrl">Where the learner left off.</param>
public sealed record Standing(int Percent, int Done, int Total, bool Completed, string ContinueUrl);

/// <summary>Asked by the catalogue and answered by Learning, which stands above it.</summary>
public interface IStandings
{
    /// <summary>The learner's latest standing by course id, for those of the courses that they are enrolled on.</summary>
    Task<IReadOnlyDictionary<Guid, Standing>> OfAsync(Guid learnerId, IReadOnlyCollection<Guid> courseIds, CancellationToken ct);
}
