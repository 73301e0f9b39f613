using System.Security.Cryptography;
using Lms.Web.Data;
using Lms.Web.Features.Assessment;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Certificates;
using Lms.Web.Features.Learning;
using Lms.Web.Files;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Reporting;

/// <param name="Counts">How many there are of what, in a fixed order.</param>
/// <param name="Problems">What is missing or not as it was written, a sentence each.</param>
public sealed record DataReport(IReadOnlyList<(string What, long Count)> Counts, IReadOnlyList<string> Problems);

/// <summary>
/// Looks whether all of the data is there and as it was written: each file has the hash that is its name, each file that a row names is there, and each
/// certificate still rests on the records that earned it. For a restored backup, and for peace of mind.
/// </summary>
public sealed class DataCheck(LmsDbContext db, IFileStore files, [FromKeyedServices(IFileStore.Attachments)] IFileStore attachments)
{
    private readonly List<string> _problems = [];

    public async Task<DataReport> RunAsync(CancellationToken ct)
    {
        var kept = await ReadAsync(files, "file", ct);
        var attached = await ReadAsync(attachments, "attachment", ct);
        await LookForAsync(kept, "course version", db.CourseVersions.IgnoreQueryFilters().Select(v => v.Hash), ct);
        foreach (var picture in await db.Set<Picture>().AsNoTracking().ToListAsync(ct))
            foreach (var size in picture.Sizes.Where(size => !kept.Contains(size.File))) _problems.Add($"The picture {size.File} is missing from the files. Restore it from a backup.");
        await LookForAsync(kept, "file of a package", db.PackageFiles.IgnoreQueryFilters().Select(f => f.Hash).Distinct(), ct);
        await CheckCertificatesAsync(ct);
        return new DataReport(
        [
            ("people", await db.Users.LongCountAsync(ct)),
            ("centres", await db.Centres.IgnoreQueryFilters().LongCountAsync(ct)),
            ("course versions", await db.CourseVersions.IgnoreQueryFilters().LongCountAsync(ct)),
            ("enrolments", await db.Enrolments.IgnoreQueryFilters().LongCountAsync(ct)),
            ("attempts", await db.Attempts.IgnoreQueryFilters().LongCountAsync(ct)),
            ("registrations of packages", await db.PackageRegistrations.IgnoreQueryFilters().LongCountAsync(ct)),
            ("certificates", await db.Certificates.IgnoreQueryFilters().LongCountAsync(ct)),
            ("statements", await db.Statements.IgnoreQueryFilters().LongCountAsync(ct)),
            ("documents", await db.XapiDocuments.IgnoreQueryFilters().LongCountAsync(ct)),
            ("files", kept.Count),
            ("attachments", attached.Count),
        ], _problems);
    }

    private async Task<HashSet<string>> ReadAsync(IFileStore store, string what, CancellationToken ct)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var name in store.NamesAsync(ct))
        {
            await using var content = await store.OpenAsync(name, ct);
            // It may have been erased meanwhile.
            if (content is null) continue;
            found.Add(name);
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct)) != name) _problems.Add($"The {what} {name} is not what was written. Restore it from a backup.");
        }
        return found;
    }

    private async Task LookForAsync(HashSet<string> kept, string what, IQueryable<string> named, CancellationToken ct)
    {
        await foreach (var name in named.AsAsyncEnumerable().WithCancellation(ct))
            if (!kept.Contains(name)) _problems.Add($"The {what} {name} is missing from the files. Restore it from a backup.");
    }

    private async Task CheckCertificatesAsync(CancellationToken ct)
    {
        // The first of an enrolment in a course of our own; renewals and packages rest on other records.
        var serials = await db.Certificates.IgnoreQueryFilters().AsNoTracking().Where(c => c.Issue == 1).OrderBy(c => c.Id)
            .Select(c => new { c.Serial, c.EnrolmentId, c.CourseVersionId, c.EvidenceHash }).ToListAsync(ct);
        foreach (var certificate in serials)
        {
            var enrolment = await db.Enrolments.IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(e => e.Id == certificate.EnrolmentId, ct);
            if (enrolment is null)
            {
                _problems.Add($"The enrolment of the certificate {certificate.Serial} is missing. Restore it from a backup.");
                continue;
            }
            var version = await db.CourseVersions.IgnoreQueryFilters().AsNoTracking().SingleAsync(v => v.Id == certificate.CourseVersionId, ct);
            var attempt = await db.Attempts.IgnoreQueryFilters().AsNoTracking().Where(a => a.EnrolmentId == enrolment.Id && a.Passed == true).OrderBy(a => a.Number).FirstOrDefaultAsync(ct);
            if (CertificateEvidence.Hash(enrolment, version, attempt) != certificate.EvidenceHash)
                _problems.Add($"The certificate {certificate.Serial} does not rest on the records of its enrolment. Compare them with a backup.");
        }
    }
}
