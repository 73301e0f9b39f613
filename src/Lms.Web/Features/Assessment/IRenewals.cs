namespace Lms.Web.Features.Assessment;

/// <summary>Asked by Assessment and Learning, and answered by Certificates, which stands above them.</summary>
public interface IRenewals
{
    /// <summary>
    /// Those of the enrolments whose certificate may be renewed now, and when it was issued: sittings begun since then count for the
    /// renewal.
    /// </summary>
    Task<IReadOnlyDictionary<Guid, DateTime>> OpenAsync(IReadOnlyCollection<Guid> enrolmentIds, CancellationToken ct);
}
