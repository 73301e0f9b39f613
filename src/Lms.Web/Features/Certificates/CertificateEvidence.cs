using System.Globalization;
using Lms.Manuscripts;
using Lms.Web.Features.Assessment;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Learning;

namespace Lms.Web.Features.Certificates;

/// <summary>What a certificate rests on, in one hash: whoever has the records can compute it again.</summary>
public static class CertificateEvidence
{
    /// <param name="attempt">The passed attempt that earned it; null for a course without an assessment.</param>
    public static string Hash(Enrolment enrolment, CourseVersion version, Attempt? attempt)
    {
        ArgumentNullException.ThrowIfNull(enrolment);
        ArgumentNullException.ThrowIfNull(version);
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
