using Lms.Standards.Packages;
using Lms.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Packages;

/// <summary>What becomes of learners' results when they move from one version to another.</summary>
/// <param name="Kept">Activities of both, by identifier: what is tracked of them goes along.</param>
/// <param name="Lost">Activities that the newer version does not have: what is tracked of them stays behind.</param>
/// <param name="Added">Activities that learners have yet to do.</param>
/// <param name="Moving">How many people would move at their next launch.</param>
/// <param name="Staying">How many would not.</param>
public sealed record CarryOverPreview(
    PackageVersion From, PackageVersion To, IReadOnlyList<PackageActivity> Kept, IReadOnlyList<PackageActivity> Lost, IReadOnlyList<PackageActivity> Added, int Moving, int Staying)
{
    /// <summary>Another standard's results mean nothing here.</summary>
    public bool OtherStandard => From.Standard != To.Standard;
}

/// <summary>Compares versions by the identifiers of their activities.</summary>
public sealed class CarryOver(LmsDbContext db)
{
    public async Task<CarryOverPreview> PreviewAsync(Package package, PackageVersion from, PackageVersion to, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        var here = db.PackageRegistrations.AsNoTracking().Where(r => r.PackageVersionId == from.Id);
        var all = await here.CountAsync(ct);
        var moving = package.UpdatePolicy switch
        {
            UpdatePolicy.Always => all,
            UpdatePolicy.WhenNotComplete => await here.CountAsync(r => r.SatisfiedAt == null, ct),
            _ => 0,
        };
        var (kept, lost, added) = Compare(from, to);
        return new CarryOverPreview(from, to, kept, lost, added, moving, all - moving);
    }

    private static (List<PackageActivity> Kept, List<PackageActivity> Lost, List<PackageActivity> Added) Compare(PackageVersion from, PackageVersion to)
    {
        if (from.Standard != to.Standard) return ([], [.. from.Activities], [.. to.Activities]);
        var (before, after) = (from.Activities.Select(a => a.Id).ToHashSet(StringComparer.Ordinal), to.Activities.Select(a => a.Id).ToHashSet(StringComparer.Ordinal));
        return ([.. to.Activities.Where(a => before.Contains(a.Id))], [.. from.Activities.Where(a => !after.Contains(a.Id))], [.. to.Activities.Where(a => !before.Contains(a.Id))]);
    }
}
