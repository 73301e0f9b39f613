using Lms.Web.Features.Learning;

namespace Lms.Web.Features.Packages;

/// <summary>What content says of a package becomes progress, in the caller's unit of work.</summary>
public sealed class PackageResults(ProgressService progress, TimeProvider clock)
{
    /// <summary>Takes the result; with an enrolment, a package that is satisfied for the first time completes its lesson. The caller saves.</summary>
    public async Task RecordAsync(PackageRegistration registration, PackageResult result, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(registration);
        if (registration.Record(result, clock.GetUtcNow().UtcDateTime) && registration.EnrolmentId is { } enrolment)
            await progress.CompletePackageAsync(enrolment, ct);
    }
}
