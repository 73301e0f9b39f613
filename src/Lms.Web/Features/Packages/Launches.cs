using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Operations;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Packages;

/// <summary>What a launch asks for.</summary>
/// <param name="Actor">JSON of an xAPI agent, validated.</param>
public sealed record LaunchWish(string Actor, Guid? Registration, int? ActivityIndex, LaunchMode Mode, LaunchStart Start, string? ReturnUrl);

/// <summary>What a wish to launch came to.</summary>
public abstract record LaunchOutcome
{
    private LaunchOutcome() { }

    /// <param name="Path">Address on this site that opens once.</param>
    public sealed record Ready(Guid Registration, string Path) : LaunchOutcome;

    public sealed record NotFound : LaunchOutcome;

    /// <param name="Field">Of the wish.</param>
    public sealed record Invalid(string Field, string Message) : LaunchOutcome;
}

/// <summary>Lets browsers into packages: a ticket for one launch, and what follows when it is used.</summary>
public sealed class Launches(LmsDbContext db, Registrations registrations, TimeProvider clock)
{
    public static readonly TimeSpan Holds = TimeSpan.FromMinutes(15);

    /// <summary>For a learner of this system: the address to go to. Null when they have no such enrolment, or it is no package's.</summary>
    public Task<string?> OpenAsync(Guid enrolmentId, Guid learnerId, string returnUrl, CancellationToken ct) =>
        db.RetryAsync<string?>(async () =>
        {
            if (await registrations.OfEnrolmentAsync(enrolmentId, learnerId, ct) is not { } registration) return null;
            var token = AddTicket(registration, null, LaunchMode.Normal, LaunchStart.Auto, returnUrl);
            await db.SaveChangesAsync(ct);
            return PathOf(token);
        });

    /// <summary>For a learner of another system, whom it names.</summary>
    public Task<LaunchOutcome> LaunchAsync(Guid packageId, LaunchWish wish, CancellationToken ct) =>
        db.RetryAsync<LaunchOutcome>(async () =>
        {
            ArgumentNullException.ThrowIfNull(wish);
            var package = await db.Packages.AsNoTracking().SingleOrDefaultAsync(p => p.Id == packageId && p.DeletedAt == null, ct);
            if (package is null) return new LaunchOutcome.NotFound();
            if (wish.ReturnUrl is { } url && !IsReturnUrl(url)) return new LaunchOutcome.Invalid("returnUrl", "Write an absolute http or https address.");

            var registration = await FindAsync(package, wish, ct);
            if (registration is null) return new LaunchOutcome.Invalid("registration", "This registration belongs to another package or another actor. Leave it out to begin a new one.");
            var activities = await db.PackageVersions.Where(v => v.Id == registration.PackageVersionId).Select(v => v.Activities).SingleAsync(ct);
            if (wish.ActivityIndex is { } index && activities.FirstOrDefault(a => a.Index == index) is not { Launchable: true })
                return new LaunchOutcome.Invalid("activityIndex", $"There is no activity {index} that can be launched.");
            var token = AddTicket(registration, wish.ActivityIndex, wish.Mode, wish.Start, wish.ReturnUrl);
            await db.SaveChangesAsync(ct);
            return new LaunchOutcome.Ready(registration.Id, PathOf(token));
        });

    /// <summary>Uses a ticket and says where the browser goes. Null when it is unknown, used, or too old.</summary>
    public async Task<string?> UseAsync(string token, CancellationToken ct)
    {
        using var span = Telemetry.Source.StartActivity("launch");
        var (hash, now) = (Secret.TextHashOf(token), clock.GetUtcNow().UtcDateTime);
        if (await db.LaunchTickets.Where(t => t.TokenHash == hash && t.UsedAt == null && t.ExpiresAt > now).ExecuteUpdateAsync(set => set.SetProperty(t => t.UsedAt, now), ct) == 0) return null;
        await db.LaunchTickets.Where(t => t.ExpiresAt < now.AddDays(-1)).ExecuteDeleteAsync(ct);
        return await db.RetryAsync(async () =>
        {
            var ticket = await db.LaunchTickets.AsNoTracking().SingleAsync(t => t.TokenHash == hash, ct);
            var registration = await db.PackageRegistrations.SingleOrDefaultAsync(r => r.Id == ticket.RegistrationId, ct);
            if (registration is null || await db.Packages.AnyAsync(p => p.Id == registration.PackageId && p.DeletedAt != null, ct)) return null;
            if (ticket.Mode == LaunchMode.Normal) await registrations.BringUpToDateAsync(registration, ct);
            var standard = await db.PackageVersions.Where(v => v.Id == registration.PackageVersionId).Select(v => v.Standard).SingleAsync(ct);
            var player = registrations.Player(standard) ?? throw new InvalidOperationException($"Nothing plays {standard}.");
            span?.SetTag("seedlot.standard", standard.ToString());
            var launch = await player.LaunchAsync(registration, ticket, ct);
            await db.SaveChangesAsync(ct);
            return launch.Url;
        });
    }

    private async Task<PackageRegistration?> FindAsync(Package package, LaunchWish wish, CancellationToken ct)
    {
        var id = wish.Registration ?? Guid.CreateVersion7();
        // Seen or not: an id is one registration's in the whole installation.
        var existing = wish.Registration is null ? null : await db.PackageRegistrations.IgnoreQueryFilters().SingleOrDefaultAsync(r => r.Id == id, ct);
        if (existing is not null) return existing.PackageId == package.Id && existing.LearnerId is null && IsSame(existing.Actor, wish.Actor) ? existing : null;
        var registration = new PackageRegistration
        {
            Id = id,
            PackageId = package.Id,
            PackageVersionId = package.CurrentVersionId!.Value,
            CentreId = package.CentreId,
            Actor = wish.Actor,
            StartedAt = clock.GetUtcNow().UtcDateTime,
        };
        db.Add(registration);
        return registration;
    }

    private string AddTicket(PackageRegistration registration, int? activity, LaunchMode mode, LaunchStart start, string? returnUrl)
    {
        var token = Secret.NewText();
        db.Add(new LaunchTicket
        {
            TokenHash = Secret.TextHashOf(token),
            RegistrationId = registration.Id,
            CentreId = registration.CentreId,
            ActivityIndex = activity,
            Mode = mode,
            Start = start,
            ReturnUrl = returnUrl,
            ExpiresAt = clock.GetUtcNow().UtcDateTime + Holds,
        });
        return token;
    }

    private static bool IsSame(string actor, string other)
    {
        using var one = JsonDocument.Parse(actor);
        using var two = JsonDocument.Parse(other);
        return AgentKey.Of(one.RootElement) == AgentKey.Of(two.RootElement);
    }

    private static bool IsReturnUrl(string url) =>
        url.Length <= LaunchTicket.MostReturnUrl && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private static string PathOf(string token) => $"/packages/launch/{token}";
}
