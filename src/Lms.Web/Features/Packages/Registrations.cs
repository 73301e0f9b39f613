using System.Text.Json;
using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Learning;
using Lms.Web.Features.Xapi;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Packages;

/// <summary>Puts people on packages, and moves them to newer versions as each package's policy says.</summary>
public sealed class Registrations(LmsDbContext db, CourseLibrary library, EnrolmentService enrolments, IEnumerable<IPackagePlayer> players, XapiAddresses addresses, TimeProvider clock)
{
    /// <summary>The registration of an enrolment, made when there is none, in the caller's unit of work. Null when the enrolment is no package's or the package is gone.</summary>
    public async Task<PackageRegistration?> OfEnrolmentAsync(Guid enrolmentId, Guid learnerId, CancellationToken ct)
    {
        var enrolment = await db.Enrolments.SingleOrDefaultAsync(e => e.Id == enrolmentId && e.LearnerId == learnerId, ct);
        if (enrolment is null) return null;
        // A learner does not see the library; their enrolment leads them in.
        var package = await db.Packages.IgnoreQueryFilters().SingleOrDefaultAsync(p => p.CourseId == enrolment.CourseId && p.DeletedAt == null, ct);
        var content = (await library.GetAsync(enrolment.CourseVersionId, ct)).Lessons[0].Package;
        if (package is null || content is null) return null;

        var registration = await db.PackageRegistrations.IgnoreQueryFilters().SingleOrDefaultAsync(r => r.Id == enrolmentId, ct);
        if (registration is not null) return registration;
        registration = new PackageRegistration
        {
            Id = enrolmentId,
            PackageId = package.Id,
            PackageVersionId = content.Value,
            CentreId = enrolment.CentreId,
            LearnerId = learnerId,
            EnrolmentId = enrolmentId,
            Actor = ActorOf(learnerId),
            StartedAt = clock.GetUtcNow().UtcDateTime,
        };
        db.Add(registration);
        return registration;
    }

    /// <summary>
    /// Moves the registration, in the caller's unit of work, to the version that it is to be played in: the current one where the package's policy or
    /// the learner wants it. What is tracked goes with it where identifiers match.
    /// </summary>
    public async Task BringUpToDateAsync(PackageRegistration registration, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(registration);
        var package = await db.Packages.IgnoreQueryFilters().SingleAsync(p => p.Id == registration.PackageId, ct);
        var follows = package.UpdatePolicy == UpdatePolicy.Always || (package.UpdatePolicy == UpdatePolicy.WhenNotComplete && registration.SatisfiedAt is null);
        var wanted = follows ? package.CurrentVersionId!.Value : registration.PackageVersionId;
        if (registration.EnrolmentId is { } enrolmentId)
        {
            if (follows && registration.SatisfiedAt is null) await enrolments.MoveToCurrentAsync(enrolmentId, ct);
            else if (!follows) wanted = await AskedForAsync(enrolmentId, registration, ct);
        }
        if (wanted == registration.PackageVersionId) return;
        var versions = await db.PackageVersions.IgnoreQueryFilters().AsNoTracking().Where(v => v.Id == wanted || v.Id == registration.PackageVersionId).ToDictionaryAsync(v => v.Id, ct);
        if (Player(versions[wanted].Standard) is { } player && versions[wanted].Standard == versions[registration.PackageVersionId].Standard)
            await player.MoveAsync(registration, versions[registration.PackageVersionId], versions[wanted], ct);
        registration.MoveTo(wanted, clock.GetUtcNow().UtcDateTime);
    }

    public IPackagePlayer? Player(Lms.Standards.Packages.PackageStandard standard) => players.FirstOrDefault(p => p.Plays(standard));

    /// <summary>The xAPI agent that stands for a person of this system.</summary>
    public string ActorOf(Guid personId) =>
        JsonSerializer.Serialize(new { objectType = "Agent", account = new { homePage = addresses.Root, name = personId.ToString() } });

    // A learner who chose the newer version of the course has chosen its package.
    private async Task<Guid> AskedForAsync(Guid enrolmentId, PackageRegistration registration, CancellationToken ct)
    {
        var courseVersion = await db.Enrolments.IgnoreQueryFilters().Where(e => e.Id == enrolmentId).Select(e => e.CourseVersionId).SingleAsync(ct);
        return registration.SatisfiedAt is null && (await library.GetAsync(courseVersion, ct)).Lessons[0].Package is { } chosen ? chosen : registration.PackageVersionId;
    }
}
