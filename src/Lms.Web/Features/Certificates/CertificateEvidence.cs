using System.Globalization;
using Lms.Manuscripts;
using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Learning;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Certificates;

/// <summary>What a certificate rests on, in one hash: whoever has the records can compute it again.</summary>
public static class CertificateEvidence
{
    public static async Task<string> HashAsync(LmsDbContext db, Enrolment enrolment, CourseVersion version, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(enrolment);
        ArgumentNullException.ThrowIfNull(version);
        var attempt = await db.Attempts
            .Where(a => a.EnrolmentId == enrolment.Id && a.Passed == true)
            .OrderBy(a => a.Number).Select(a => new { a.Id, a.Score }).FirstOrDefaultAsync(ct);
        return Canonical.Hash(Canonical.Json(new
        {
            Enrolment = enrolment.Id,
            CourseVersion = version.Hash,
            Completions = enrolment.Completions
                .OrderBy(c => c.Lesson, StringComparer.Ordinal)
                .Select(c => new { c.Lesson, At = c.At.ToString("O", CultureInfo.InvariantCulture) }),
            Attempt = attempt?.Id,
            attempt?.Score,
        }));
    }
}
