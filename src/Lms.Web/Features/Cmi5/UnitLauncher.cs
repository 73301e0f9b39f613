using System.Text;
using Lms.Standards.Cmi5;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Packages;
using Lms.Web.Features.Xapi;
using Lms.Web.Features.Xapi.Documents;
using Lms.Web.Features.Xapi.Store;
using Microsoft.EntityFrameworkCore;
using LaunchMode = Lms.Standards.Cmi5.LaunchMode;

namespace Lms.Web.Features.Cmi5;

/// <summary>Begins sessions. (cmi5 8, 10) Everything here is in the caller's unit of work: the browser leaves for the unit only when all of it is on disk.</summary>
internal sealed class UnitLauncher(
    LmsDbContext db, UnitPlays plays, UnitSessions sessions, StatementStore statements, DocumentStore documents, PackageOrigin origin, IHttpContextAccessor accessor, TimeProvider clock)
{
    /// <summary>Launches a unit, and says where the browser goes: its own window, or the one it is in, whichever the unit asks for.</summary>
    /// <param name="play">The registration.</param>
    /// <param name="index">The unit.</param>
    /// <param name="mode">How.</param>
    /// <param name="returnUrl">Where the unit sends the learner when it ends; a path of this site, or an absolute address.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<string> LaunchAsync(UnitPlay play, int index, LaunchMode mode, string? returnUrl, CancellationToken ct)
    {
        // What asks for nothing is satisfied before anything is launched. (9.6.1)
        await plays.EvaluateAsync(play, null, ct);
        await sessions.AbandonOpenAsync(play, ct);
        var unit = play.Course.Units[index];
        var now = clock.GetUtcNow();
        var session = new UnitSession
        {
            RegistrationId = play.Registration.Id,
            CentreId = play.Registration.CentreId,
            Standard = play.Version.Standard,
            PublisherId = unit.Id,
            ActivityId = play.ActivityOf(unit),
            ActorKey = play.ActorKey,
            Mode = mode,
            MasteryScore = unit.MasteryScore,
            LaunchedAt = now.UtcDateTime,
        };
        db.Add(session);
        var url = AddressOf(play, unit);
        if (!play.IsCmi5) return Plain(play, session, url, now.UtcDateTime);
        await WriteDocumentsAsync(play, session, unit, returnUrl, ct);
        await statements.AppendAsync(play.Say.Launched(session.State(AuVerbs.None), index, url, now), session.CentreId, ct);
        return LaunchUrl.Of(url, new LaunchParameters($"{Site}{XapiFeature.Root}", $"{Site}{FetchEndpoint.PathOf(session.NewFetch())}", Json(play.Actor), session.RegistrationId, session.ActivityId));
    }

    /// <summary>The tincan.xml launch method: there is no fetch, the token is in the address.</summary>
    private string Plain(UnitPlay play, UnitSession session, string url, DateTime now) => LaunchUrl.With(url,
    [
        new("endpoint", $"{Site}{XapiFeature.Root}/"),
        new("auth", $"Basic {session.NewToken(now)}"),
        new("actor", Json(play.Actor)),
        new("registration", session.RegistrationId.ToString()),
        new("activity_id", session.ActivityId),
    ]);

    private async Task WriteDocumentsAsync(UnitPlay play, UnitSession session, AssignableUnit unit, string? returnUrl, CancellationToken ct)
    {
        const string json = "application/json";
        var back = returnUrl?.StartsWith('/') == true ? Site + returnUrl : returnUrl;
        var state = new DocumentScope(DocumentKind.State, session.CentreId, session.ActivityId, session.ActorKey, session.RegistrationId);
        await documents.WriteAsync(state, LaunchData.StateId, json, LaunchData.ToUtf8(session.State(AuVerbs.None), unit, back), ct);

        var profile = new DocumentScope(DocumentKind.AgentProfile, session.CentreId, "", session.ActorKey, null);
        if (play.Registration.LearnerId is not { } learner) return;
        var key = profile.Hash(LearnerPreferences.ProfileId);
        // What the learner has set in a unit stays.
        if (await db.XapiDocuments.IgnoreQueryFilters().AnyAsync(d => d.Key == key, ct)) return;
        if (await db.Users.Where(p => p.Id == learner).Select(p => p.Language).SingleOrDefaultAsync(ct) is { } language)
            await documents.WriteAsync(profile, LearnerPreferences.ProfileId, json, LearnerPreferences.ToUtf8([language]), ct);
    }

    private string AddressOf(UnitPlay play, AssignableUnit unit)
    {
        if (unit.File is not { } file) return LaunchUrl.Encode(unit.Url);
        var parts = AddressParts.Of(unit.Url);
        var path = string.Join('/', file.Split('/').Select(Uri.EscapeDataString));
        var query = parts.Query.Length > 0 ? "?" + LaunchUrl.Encode(parts.Query) : "";
        return origin.Url(Request, play.Version.Id, play.Registration.Id, path + query + LaunchUrl.Encode(parts.Fragment));
    }

    private static string Json(Agent actor) => Encoding.UTF8.GetString(StatementWriter.ToUtf8(actor));

    private HttpRequest Request => accessor.HttpContext!.Request;

    private string Site => $"{Request.Scheme}://{Request.Host}{Request.PathBase}";
}
