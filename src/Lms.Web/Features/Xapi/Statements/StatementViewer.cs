using Lms.Web.Data;

namespace Lms.Web.Features.Xapi.Statements;

/// <summary>Which statements somebody may see: a system by its credential, a person by their roles.</summary>
/// <param name="Centres">Of these centres; null for all.</param>
/// <param name="OnlyOf">Key of the authority whose statements alone are seen; null for whoever's.</param>
/// <param name="Registration">The registration whose statements alone are seen; null for any.</param>
public sealed record StatementViewer(IReadOnlyList<Guid>? Centres, string? OnlyOf = null, Guid? Registration = null)
{
    /// <summary>The viewer of the present unit of work.</summary>
    public static StatementViewer Of(CentreScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return new StatementViewer(scope.All ? null : scope.Centres);
    }
}
