using Lms.Web.Features.Network;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Identity;

[Authorize(Policies.Manager)]
public sealed class PersonModel(PersonAdministration administration, Centres centres, SiteAddress site, IStringLocalizer<IdentityText> text, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    public ManagedPerson Shown { get; private set; } = null!;
    public IReadOnlyList<Centre> Managed { get; private set; } = [];
    public string? Link { get; private set; }
    public bool IsLocked => Shown.Person.LockoutEnd > clock.GetUtcNow();
    public bool IsMe => Id == User.PersonId();

    /// <summary>Roles that the viewer may give somewhere.</summary>
    public IEnumerable<Role> Grantable => Enum.GetValues<Role>().Where(role => role != Role.Learner && Managed.Any(c => User.MayGrant(role, c)));

    public Task<IActionResult> OnGetAsync(CancellationToken ct) => ShowAsync(ct);

    public async Task<IActionResult> OnPostGrantAsync(Role role, Guid centre, CancellationToken ct) =>
        await AnswerAsync(await administration.GrantAsync(User, Id, role, centre, ct), ct);

    public async Task<IActionResult> OnPostRevokeAsync(Guid assignment, CancellationToken ct) =>
        await AnswerAsync(await administration.RevokeAsync(User, Id, assignment, ct), ct);

    public async Task<IActionResult> OnPostMoveAsync(Guid centre, CancellationToken ct) =>
        await AnswerAsync(await administration.MoveAsync(User, Id, centre, ct), ct);

    public async Task<IActionResult> OnPostDeactivateAsync(CancellationToken ct) => await AnswerAsync(await administration.DeactivateAsync(User, Id, ct), ct);

    public async Task<IActionResult> OnPostReactivateAsync(CancellationToken ct) => await AnswerAsync(await administration.ReactivateAsync(User, Id, ct), ct);

    public async Task<IActionResult> OnPostUnlockAsync(CancellationToken ct) => await AnswerAsync(await administration.UnlockAsync(User, Id, ct), ct);

    public async Task<IActionResult> OnPostTwoFactorAsync(string? reason, CancellationToken ct)
    {
        if (!string.IsNullOrWhiteSpace(reason)) return await AnswerAsync(await administration.DisableTwoFactorAsync(User, Id, reason.Trim(), ct), ct);
        ModelState.AddModelError("reason", text["Write the reason."]);
        return await ShowAsync(ct);
    }

    public async Task<IActionResult> OnPostResetLinkAsync(CancellationToken ct)
    {
        (var outcome, Link) = await administration.ResetLinkAsync(User, Id, ct);
        if (Link is null) return await AnswerAsync(outcome, ct);
        Link = site.Link(Request, Link);
        Response.Headers.CacheControl = "no-store";
        return await ShowAsync(ct);
    }

    private async Task<IActionResult> AnswerAsync(AdministrationOutcome outcome, CancellationToken ct)
    {
        switch (outcome)
        {
            case AdministrationOutcome.Done:
                TempData.Notify(text["Saved."]);
                // Somebody who was moved to a centre of others is out of sight from here.
                return await administration.FindAsync(User, Id, ct) is null ? RedirectToPage("People") : RedirectToPage();
            case AdministrationOutcome.NotFound:
                return NotFound();
            case AdministrationOutcome.NotAllowed:
                return Forbid();
            default:
                ModelState.AddModelError("", text["This is the last administrator. Make another one first."]);
                return await ShowAsync(ct);
        }
    }

    private async Task<IActionResult> ShowAsync(CancellationToken ct)
    {
        if (await administration.FindAsync(User, Id, ct) is not { } found) return NotFound();
        Shown = found;
        Managed = await centres.ManagedAsync(User, ct);
        return Page();
    }
}
