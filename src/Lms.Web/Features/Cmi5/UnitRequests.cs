using Lms.Standards.Cmi5;
using Lms.Standards.Packages;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Xapi;
using Lms.Web.Features.Xapi.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Cmi5;

/// <summary>Which documents and names a unit may ask for: those of its learner, its registration and itself. (cmi5 8.1, 10, 11) Statements are judged where they are stored.</summary>
internal sealed class UnitRequests(LmsDbContext db, TimeProvider clock)
{
    private const int MostPreferences = 64 << 10;

    /// <summary>Why a session takes nothing any more.</summary>
    public static SessionBreach? Closed(UnitSession session, DateTime now) => session switch
    {
        { End: SessionEnd.Abandoned } => new("9.3.6.0-2 (d2)", "The session was abandoned."),
        { End: SessionEnd.Terminated } => new("9.3.0.0-5 (d2)", "The session has ended with “terminated”."),
        _ => session.IsOpenAt(now) ? null : new("8.1.2.0-2 (d)", "The session's token has expired."),
    };

    public async Task<SessionBreach?> BreachAsync(UnitSession session, HttpContext http, CancellationToken ct)
    {
        if (Closed(session, clock.GetUtcNow().UtcDateTime) is { } closed) return closed;
        http.Request.Path.StartsWithSegments(XapiFeature.Root, out var resource);
        return resource.Value?.TrimEnd('/') switch
        {
            "/activities/state" => State(session, http),
            "/agents/profile" => await PreferencesAsync(session, http, ct),
            "/activities/profile" => Activity(session, http),
            "/agents" => Agent(session, http),
            _ => null,
        };
    }

    private static SessionBreach? State(UnitSession session, HttpContext http)
    {
        if ((Agent(session, http) ?? Activity(session, http)) is { } breach) return breach;
        var registration = http.Request.Query["registration"].ToString();
        var isOwn = Guid.TryParse(registration, out var id) && id == session.RegistrationId;
        if (session.Standard != PackageStandard.Cmi5) return isOwn || registration.Length == 0 ? null : Other();
        if (!isOwn) return Other();

        var isReading = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        var state = http.Request.Query["stateId"].ToString();
        // Without a state id, all of them would be deleted.
        return isReading || (state != LaunchData.StateId && state.Length > 0) ? null : new("10.2.1.0-5 (d)", "A unit may only read LMS.LaunchData.");

        static SessionBreach Other() => new("8.1.4.0-3 (d)", "The registration is not that of the launch.");
    }

    private static SessionBreach? Activity(UnitSession session, HttpContext http) =>
        session.Standard != PackageStandard.Cmi5 || http.Request.Query["activityId"] is [] or [""] || http.Request.Query["activityId"] == session.ActivityId
            ? null
            : new("10.1.0.0-3", "The activity is not the unit that was launched.");

    /// <summary>A missing or broken parameter is left to the resource, which says so. (xAPI)</summary>
    private static SessionBreach? Agent(UnitSession session, HttpContext http)
    {
        if (http.Request.Query["agent"] is not [{ Length: > 0 } agent]) return null;
        return AgentParameter.Key(agent, XapiVersions.Of(http)) == session.ActorKey ? null : new("8.1.3.0-3 (d)", "The agent is not the learner for whom the unit was launched.");
    }

    private async Task<SessionBreach?> PreferencesAsync(UnitSession session, HttpContext http, CancellationToken ct)
    {
        if (Agent(session, http) is not null) return new("11.0.0.0-1 (d)", "The agent is not the learner for whom the unit was launched.");
        if (http.Request.Query["agent"] is [] or [""]) return null;
        if (http.Request.Query["profileId"] != LearnerPreferences.ProfileId) return new("11.0.0.0-4", $"Of the agent profile, a unit may use {LearnerPreferences.ProfileId} alone.");
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        {
            if (!session.PreferencesRead)
                await db.UnitSessions.Where(s => s.Id == session.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.PreferencesRead, true).SetProperty(s => s.Version, s => s.Version + 1), ct);
            return null;
        }
        if (HttpMethods.IsDelete(http.Request.Method)) return new("11.0.0.0-5 (d)", "A unit may not delete the learner's preferences.");
        return LearnerPreferences.Breach(await BodyAsync(http, ct), http.Request.ContentType);
    }

    private static async Task<byte[]> BodyAsync(HttpContext http, CancellationToken ct)
    {
        http.Request.EnableBuffering(MostPreferences, MostPreferences);
        using var body = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(body, ct);
        }
        catch (IOException)
        {
            throw new XapiException(XapiException.TooLarge);
        }
        http.Request.Body.Position = 0;
        return body.ToArray();
    }
}
