using System.Security.Claims;
using Lms.Standards.Packages;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Packages;

/// <summary>A package as a list shows it.</summary>
/// <param name="Course">Address of its course in the catalogue.</param>
public sealed record PackageRow(Package Package, PackageVersion Current, string Course);

/// <summary>One page of packages.</summary>
public sealed record PackagePage(IReadOnlyList<PackageRow> Rows, int Total);

/// <summary>A version in the list of a package's.</summary>
public sealed record VersionRow(Guid Id, int Number, PackageStandard Standard, int FileCount, long Bytes, DateTime ImportedAt, string? ImportedBy, int Registrations);

/// <summary>The packages of the centres that somebody sees.</summary>
public sealed class PackageLibrary(LmsDbContext db, PackageCourses courses, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <summary>The newest first; those whose title holds the words, when there are any.</summary>
    public async Task<PackagePage> PageAsync(string? words, int page, CancellationToken ct)
    {
        var all = db.Packages.AsNoTracking().Where(p => p.DeletedAt == null);
        if (!string.IsNullOrWhiteSpace(words)) all = db.WhereHolds(all, p => p.Title, words);
        var rows = await Rows(all.OrderByDescending(p => p.CreatedAt).ThenBy(p => p.Id).Skip((page - 1) * PageSize).Take(PageSize)).ToListAsync(ct);
        return new PackagePage([.. rows.OrderByDescending(r => r.Package.CreatedAt).ThenBy(r => r.Package.Id)], await all.CountAsync(ct));
    }

    public Task<PackageRow?> FindAsync(Guid id, CancellationToken ct) =>
        Rows(db.Packages.AsNoTracking().Where(p => p.Id == id && p.DeletedAt == null)).SingleOrDefaultAsync(ct);

    public Task<string> CourseAsync(Package package, CancellationToken ct) => db.Courses.Where(c => c.Id == package.CourseId).Select(c => c.Slug).SingleAsync(ct);

    public Task<List<VersionRow>> VersionsAsync(Guid packageId, CancellationToken ct) =>
        db.PackageVersions.AsNoTracking().Where(v => v.PackageId == packageId).OrderByDescending(v => v.Number)
            .Select(v => new VersionRow(v.Id, v.Number, v.Standard, v.FileCount, v.Bytes, v.ImportedAt,
                db.Users.Where(u => u.Id == v.ImportedBy).Select(u => u.Name).SingleOrDefault(), db.PackageRegistrations.Count(r => r.PackageVersionId == v.Id)))
            .ToListAsync(ct);

    public Task<PackageVersion?> VersionAsync(Guid packageId, int number, CancellationToken ct) =>
        db.PackageVersions.AsNoTracking().SingleOrDefaultAsync(v => v.PackageId == packageId && v.Number == number && v.DeletedAt == null, ct);

    /// <summary>
    /// Takes a package out of the library and the catalogue. Its files stop being served; the record of who did what stays, as evidence. False when there is
    /// none of that id that the caller keeps.
    /// </summary>
    public Task<bool> DeleteAsync(ClaimsPrincipal caller, Guid id, CancellationToken ct) =>
        db.RetryAsync(async () =>
        {
            var package = await db.Packages.SingleOrDefaultAsync(p => p.Id == id && p.DeletedAt == null, ct);
            if (package is null || !caller.Has(Policies.Packages, package.CentreId)) return false;
            var now = clock.GetUtcNow().UtcDateTime;
            package.Delete(now);
            foreach (var version in await db.PackageVersions.Where(v => v.PackageId == id).ToListAsync(ct)) version.Delete(now);
            (await db.Courses.SingleAsync(c => c.Id == package.CourseId, ct)).Withdraw();
            await db.SaveChangesAsync(ct);
            return true;
        });

    /// <summary>Says what becomes of learners when a new version comes. False when there is no such package that the caller keeps.</summary>
    public Task<bool> SetPolicyAsync(ClaimsPrincipal caller, Guid id, UpdatePolicy policy, CancellationToken ct) =>
        db.RetryAsync(async () =>
        {
            var package = await db.Packages.SingleOrDefaultAsync(p => p.Id == id && p.DeletedAt == null, ct);
            if (package is null || !caller.Has(Policies.Packages, package.CentreId)) return false;
            package.SetPolicy(policy);
            await db.SaveChangesAsync(ct);
            return true;
        });

    /// <summary>Gives learners a version that waited. False when it is none newer than theirs, or the caller does not keep the package.</summary>
    public Task<bool> PublishAsync(ClaimsPrincipal caller, Guid id, int number, UpdatePolicy policy, CancellationToken ct) =>
        db.RetryAsync(async () =>
        {
            var package = await db.Packages.SingleOrDefaultAsync(p => p.Id == id && p.DeletedAt == null, ct);
            if (package is null || !caller.Has(Policies.Packages, package.CentreId)) return false;
            var version = await db.PackageVersions.SingleOrDefaultAsync(v => v.PackageId == id && v.Number == number, ct);
            var current = await db.PackageVersions.Where(v => v.Id == package.CurrentVersionId).Select(v => v.Number).SingleAsync(ct);
            if (version is null || number <= current) return false;
            await courses.PublishAsync(package, version, new ImportSettings { PackageId = id, Policy = policy }, caller.PersonId(), ct);
            await db.SaveChangesAsync(ct);
            return true;
        });

    private IQueryable<PackageRow> Rows(IQueryable<Package> packages) =>
        from package in packages
        join version in db.PackageVersions.AsNoTracking() on package.CurrentVersionId equals version.Id
        join course in db.Courses.AsNoTracking() on package.CourseId equals course.Id
        select new PackageRow(package, version, course.Slug);
}
