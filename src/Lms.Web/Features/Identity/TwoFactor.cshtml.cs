using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Identity;

[AllowAnonymous]
[EnableRateLimiting(Limits.SignIn)]
public sealed class TwoFactorModel(SignIns signIns, PersonSignIn signIn, IStringLocalizer<IdentityText> text) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Return { get; set; }
    [BindProperty(SupportsGet = true)] public bool Remember { get; set; }
    /// <summary>A recovery code instead of a code of the app.</summary>
    [BindProperty(SupportsGet = true)] public bool Recovery { get; set; }
    [BindProperty] public string? Code { get; set; }

    public async Task<IActionResult> OnGetAsync() =>
        await signIn.GetTwoFactorAuthenticationUserAsync() is null ? SignInAgain() : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } person) return SignInAgain();
        var outcome = await signIns.WithCodeAsync(person, Code ?? "", Recovery, Remember);
        if (outcome == SignInOutcome.SignedIn)
        {
            this.ForgetLanguageChoice();
            return this.Home(Return);
        }
        ModelState.AddModelError("", outcome == SignInOutcome.Wrong ? text["The code is not right. Try the newest one."] : SignInModel.Sentence(outcome, text));
        return Page();
    }

    private RedirectToPageResult SignInAgain() => RedirectToPage("SignIn", new { Return });
}
