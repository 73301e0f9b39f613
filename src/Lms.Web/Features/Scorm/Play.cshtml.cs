using System.Text.Json;
using Lms.Standards.Scorm.Sequencing;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Packages;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Scorm;

/// <summary>The player: the token that a launch gave lets in, and nothing else.</summary>
[AllowAnonymous]
public sealed class PlayModel(LmsDbContext db, CentreScope scope, ScormTrees trees, PackageOrigin origin, TimeProvider clock) : PageModel
{
    public const string Path = "/packages/play";

    [BindProperty(SupportsGet = true)] public string Token { get; set; } = "";

    public string Title { get; private set; } = "";

    /// <summary>The package's own origin.</summary>
    public string Origin { get; private set; } = "";

    /// <summary>The page there that holds the content.</summary>
    public string Source { get; private set; } = "";

    /// <summary>How the page opens: <c>toc</c> on the table of contents, <c>auto</c> where the learner was.</summary>
    public string Start { get; private set; } = "";

    /// <summary>JSON of what the shell shows until the window is open: the contents are there at once.</summary>
    public string First { get; private set; } = "";

    /// <summary>Where the learner goes afterwards.</summary>
    public string Back { get; private set; } = "/";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        // The token says what may be opened, whoever is signed in here.
        scope.SeeAll();
        var hash = Secret.TextHashOf(Token);
        var attempt = await db.ScormAttempts.AsNoTracking().SingleOrDefaultAsync(a => a.TokenHash == hash, ct);
        if (attempt is null || !attempt.IsAlive(clock.GetUtcNow().UtcDateTime)) return RedirectToPage("/Packages/LaunchUsed");
        var registration = await db.PackageRegistrations.AsNoTracking().SingleAsync(r => r.Id == attempt.Id, ct);
        var tree = await trees.GetAsync(db, registration.PackageVersionId, ct);

        Title = tree.Activities.Root.Definition.Title is { Length: > 0 } title ? title : tree.Manifest.Title;
        Back = attempt.ReturnUrl ?? (registration.EnrolmentId is { } enrolment ? $"/learn/{enrolment}" : "/");
        Origin = origin.Of(Request, registration.PackageVersionId);
        var shell = $"{Request.Scheme}://{Request.Host}";
        Source = origin.Url(Request, registration.PackageVersionId, registration.Id, $"_player/?shell={Uri.EscapeDataString(shell)}");
        Start = attempt.Start == LaunchStart.Toc ? "toc" : "auto";
        First = JsonSerializer.Serialize(await FirstAsync(new ScormPlay(db, attempt, registration, tree), ct), ScormJson.Default.ScormView);
        Protect();
        return Page();
    }

    /// <summary>What the script says, as JSON that no markup gets out of.</summary>
    public string Words(IStringLocalizer<ScormText> say)
    {
        ArgumentNullException.ThrowIfNull(say);
        return JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["progress"] = say["{0} of {1}"],
            ["untitled"] = say["Untitled part"],
            ["done"] = say["done"],
            ["failed"] = say["not passed"],
            ["begun"] = say["begun"],
            ["refused"] = say["That is not possible from here."],
            ["offline"] = say["There is no network. Go on in this part; what you do is kept on this device. Moving on needs the network."],
            ["ended-suspended"] = say["Saved. You can go on here later."],
            ["ended-finished"] = say["You have left the course."],
            ["ended-abandoned"] = say["You have left without a result."],
            ["ended-elsewhere"] = say["The course was opened in another window. Go on there."],
            ["ended-expired"] = say["This window has been open for too long. What you did is saved on this device; open the course again to send it."],
            ["result-passed"] = say["You have passed."],
            ["result-failed"] = say["You have not passed."],
            ["result-completed"] = say["You have completed it."],
            ["result-incomplete"] = say["It is not complete yet."],
        });
    }

    // What was left open will be suspended when the window opens; here, nothing is kept.
    private static async Task<ScormView> FirstAsync(ScormPlay play, CancellationToken ct)
    {
        await play.BeginTrialAsync(ct);
        var engine = await play.EngineAsync(ct);
        if (engine.IsOpen) engine.Navigate(new NavigationRequest(NavigationKind.SuspendAll));
        return ScormViews.Shown(play, engine, engine.View);
    }

    private void Protect()
    {
        var headers = Response.Headers;
        // The package's origin is framed, and nothing else.
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src {Origin}; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        // Content that opens windows of its own must find its way back to the API.
        headers["Cross-Origin-Opener-Policy"] = "same-origin-allow-popups";
        // Much content says good-bye while it unloads, which browsers are about to forbid where it is not asked for.
        headers["Permissions-Policy"] = $"camera=(), microphone=(), geolocation=(), unload=(self \"{Origin}\")";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
    }
}
