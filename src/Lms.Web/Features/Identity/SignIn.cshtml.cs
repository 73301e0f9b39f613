using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Identity;

[AllowAnonymous]
[EnableRateLimiting(Limits.SignIn)]
public sealed class SignInModel(SignIns signIns, PersonSignIn passkeys, IStringLocalizer<IdentityText> text) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Return { get; set; }
    [BindProperty] public Form Input { get; set; } = new();
    [BindProperty] public string? Credential { get; set; }

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? this.Home(Return) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Input.Email) || string.IsNullOrEmpty(Input.Password)) return Refuse(Sentence(SignInOutcome.Wrong, text));
        return Answer(await signIns.WithPasswordAsync(Input.Email.Trim(), Input.Password, Input.Remember, ct));
    }

    /// <summary>What the browser needs to ask for a passkey; it names no account.</summary>
    public async Task<IActionResult> OnPostPasskeyOptionsAsync() =>
        Content(await passkeys.MakePasskeyRequestOptionsAsync(null), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync()
    {
        var outcome = string.IsNullOrEmpty(Credential) ? SignInOutcome.Wrong : await signIns.WithPasskeyAsync(Credential);
        return outcome == SignInOutcome.Wrong ? Refuse(text["The passkey was not used. Try again, or sign in with the password."]) : Answer(outcome);
    }

    private IActionResult Answer(SignInOutcome outcome)
    {
        if (outcome == SignInOutcome.NeedsCode) return RedirectToPage("TwoFactor", new { Return, Input.Remember });
        if (outcome != SignInOutcome.SignedIn) return Refuse(Sentence(outcome, text));
        this.ForgetLanguageChoice();
        return this.Home(Return);
    }

    private PageResult Refuse(string sentence)
    {
        ModelState.AddModelError("", sentence);
        return Page();
    }

    public sealed class Form
    {
        public string? Email { get; set; }
        public string? Password { get; set; }
        public bool Remember { get; set; }
    }

    internal static string Sentence(SignInOutcome outcome, IStringLocalizer<IdentityText> text) => outcome switch
    {
        SignInOutcome.Locked => text["Too many wrong tries. Wait ten minutes and try again, or ask your centre to unlock the account."],
        SignInOutcome.Closed => text["This account is closed. Ask your centre if that is a mistake."],
        _ => text["The e-mail address or the password is not right."],
    };
}
