using System.Text.Json.Nodes;
using Lms.Standards.Packages;

namespace Lms.Web.Features.Packages;

/// <summary>The seam between packages and the standards that play them: each registers its own.</summary>
public interface IPackagePlayer
{
    bool Plays(PackageStandard standard);

    /// <summary>Makes ready what the ticket asks for, in the caller's unit of work, and says where the browser goes.</summary>
    Task<PlayerLaunch> LaunchAsync(PackageRegistration registration, LaunchTicket ticket, CancellationToken ct);

    /// <summary>Carries what is tracked to another version of the package, by matching identifiers, in the caller's unit of work. What matches nothing is left behind.</summary>
    Task MoveAsync(PackageRegistration registration, PackageVersion from, PackageVersion to, CancellationToken ct);

    /// <summary>All that is tracked of the registration, by activity.</summary>
    Task<RegistrationReport> ReportAsync(PackageRegistration registration, CancellationToken ct);
}

/// <summary>Where the browser goes: an address of this site, or an absolute one of the content.</summary>
public sealed record PlayerLaunch(string Url);

/// <summary>What is tracked of a registration, in the order of the package's activities.</summary>
public sealed record RegistrationReport(IReadOnlyList<ActivityReport> Activities);

/// <summary>What is tracked of one activity.</summary>
/// <param name="Progress">0 to 1.</param>
/// <param name="Tracking">The standard's own tracking model.</param>
/// <param name="Cmi">The content's data model as last committed, by element; null where the standard has none.</param>
public sealed record ActivityReport(
    int Index, string Id, string Title, PackageCompletion Completion, PackageSuccess Success, PackageScore? Score = null, double? Progress = null,
    bool? Satisfied = null, JsonNode? Tracking = null, JsonNode? Cmi = null);

/// <summary>For standards in which the system says that an activity need not be done, or that a session ended without a word.</summary>
public interface IPackageWaiving
{
    bool Plays(PackageStandard standard);

    /// <summary>Null when done, else why not.</summary>
    Task<string?> WaiveAsync(PackageRegistration registration, int activityIndex, string reason, CancellationToken ct);

    /// <summary>Null when done, else why not.</summary>
    Task<string?> AbandonAsync(PackageRegistration registration, Guid session, CancellationToken ct);
}

/// <summary>What a player serves on the packages' own origin, beneath <c>/{token}/_player/</c>. No cookie, no sign-in: the token and what the player asks for decide.</summary>
public interface IPackageOriginPlayer
{
    Task ServeAsync(HttpContext http, PackageOriginRequest request);
}

/// <param name="Token">The file token of the address; files of the package lie beneath <c>/{token}/</c>.</param>
/// <param name="RegistrationId">Whose token it is; empty for staff who only look at files.</param>
/// <param name="Path">What follows <c>/{token}/_player/</c>.</param>
public sealed record PackageOriginRequest(Guid VersionId, Guid RegistrationId, string Token, string Path);
