using System.Globalization;
using Lms.Web.Features.Network;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Lms.Web.Features.Identity;

[AllowAnonymous]
[EnableRateLimiting(Limits.SignIn)]
public sealed class RegisterModel(Accounts accounts, PersonSignIn signIn) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Return { get; set; }
    [BindProperty] public AccountFields Input { get; set; } = new();
    public List<Centre> Centres { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (User.Identity?.IsAuthenticated == true) return this.Home(Return);
        Input.Language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        return await FormAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var (person, problems) = await accounts.CreateAsync(Input.Asked, Input.Password ?? "", alongside: null, ct);
        if (person is null)
        {
            ModelState.Add(problems);
            return await FormAsync(ct);
        }
        await signIn.SignInAsync(person, isPersistent: false);
        this.ForgetLanguageChoice();
        return this.Home(Return);
    }

    private async Task<PageResult> FormAsync(CancellationToken ct)
    {
        Centres = await accounts.OpenCentresAsync(ct);
        return Page();
    }
}
