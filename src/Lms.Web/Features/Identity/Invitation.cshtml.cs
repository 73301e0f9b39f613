using System.Globalization;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Lms.Web.Features.Identity;

[AllowAnonymous]
[EnableRateLimiting(Limits.SignIn)]
public sealed class InvitationModel(Invitations invitations, PersonSignIn signIn) : PageModel
{
    [BindProperty(SupportsGet = true)] public string Secret { get; set; } = "";
    [BindProperty] public AccountFields Input { get; set; } = new();
    /// <summary>Null when the link is used up; the page says so.</summary>
    public OpenInvitation? Open { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Input.Language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        return await FormAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var (person, problems) = await invitations.AcceptAsync(Secret, Input.Asked, Input.Password ?? "", ct);
        if (person is null)
        {
            ModelState.Add(problems);
            return await FormAsync(ct);
        }
        await signIn.SignInAsync(person, isPersistent: false);
        this.ForgetLanguageChoice();
        return LocalRedirect("/");
    }

    private async Task<PageResult> FormAsync(CancellationToken ct)
    {
        Open = await invitations.FindAsync(Secret, ct);
        if (Open is null) Response.StatusCode = StatusCodes.Status410Gone;
        if (Open?.Email is { } fixedEmail) Input = new AccountFields { Name = Input.Name, Email = fixedEmail, Language = Input.Language, FixedEmail = true };
        return Page();
    }
}
