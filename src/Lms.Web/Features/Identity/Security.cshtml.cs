using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Identity;

/// <summary>The second step by an authenticator app, recovery codes, and passkeys.</summary>
[Authorize]
[EnableRateLimiting(Limits.SignIn)]
public sealed class SecurityModel(UserManager<Person> people, PersonSignIn signIn, IStringLocalizer<IdentityText> text) : PageModel
{
    private const int RecoveryCodeCount = 10;
    private const int MostPasskeys = 20;

    /// <summary>Whether enrolment of an app is under way.</summary>
    [BindProperty(SupportsGet = true)] public bool Setup { get; set; }
    [BindProperty] public string? Code { get; set; }
    [BindProperty] public string? Password { get; set; }
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Credential { get; set; }

    public Person Me { get; private set; } = null!;
    /// <summary>The app's key while enrolment is under way.</summary>
    public AuthenticatorKey? Key { get; private set; }
    public IReadOnlyList<string> NewRecoveryCodes { get; private set; } = [];
    public int RecoveryCodesLeft { get; private set; }
    public IList<UserPasskeyInfo> Passkeys { get; private set; } = [];

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostBeginAsync()
    {
        var me = await MeAsync();
        if (me.TwoFactorEnabled) return RedirectToPage();
        if (await people.GetAuthenticatorKeyAsync(me) is null)
        {
            await people.ResetAuthenticatorKeyAsync(me);
            await signIn.RefreshSignInAsync(me);
        }
        return RedirectToPage(new { Setup = true });
    }

    public async Task<IActionResult> OnPostEnableAsync()
    {
        var me = await MeAsync();
        if (me.TwoFactorEnabled) return RedirectToPage();
        var code = (Code ?? "").Replace(" ", "", StringComparison.Ordinal);
        if (!await people.VerifyTwoFactorTokenAsync(me, people.Options.Tokens.AuthenticatorTokenProvider, code))
            return await RefusedAsync("Code", text["The code is not right. Try the newest one."]);
        await people.SetTwoFactorEnabledAsync(me, true);
        return await WithNewCodesAsync(me);
    }

    public async Task<IActionResult> OnPostCodesAsync()
    {
        var me = await MeAsync();
        return me.TwoFactorEnabled ? await WithNewCodesAsync(me) : RedirectToPage();
    }

    public async Task<IActionResult> OnPostDisableAsync()
    {
        var me = await MeAsync();
        // Somebody at an unattended screen must not be able to take the second step away.
        if (me.PasswordHash is not null && !await people.CheckPasswordAsync(me, Password ?? ""))
            return await RefusedAsync("Password", text["The current password is not right."]);
        await people.SetTwoFactorEnabledAsync(me, false);
        await people.ResetAuthenticatorKeyAsync(me);
        return await SavedAsync(me, text["The second step is off."]);
    }

    public async Task<IActionResult> OnPostPasskeyOptionsAsync()
    {
        var me = await MeAsync();
        var entity = new PasskeyUserEntity { Id = me.Id.ToString(), Name = me.Email!, DisplayName = me.Name };
        return Content(await signIn.MakePasskeyCreationOptionsAsync(entity), "application/json");
    }

    public async Task<IActionResult> OnPostAddPasskeyAsync()
    {
        var me = await MeAsync();
        if ((await people.GetPasskeysAsync(me)).Count >= MostPasskeys) return await RefusedAsync("", text["You have {0} passkeys. Remove one first.", MostPasskeys]);
        var made = await signIn.PerformPasskeyAttestationAsync(Credential ?? "{}");
        if (!made.Succeeded || made.UserEntity.Id != me.Id.ToString()) return await RefusedAsync("", text["The passkey was not added. Try again."]);
        made.Passkey.Name = NameOf(Name);
        var added = await people.AddOrUpdatePasskeyAsync(me, made.Passkey);
        return added.Succeeded ? await SavedAsync(me, text["The passkey is added."]) : await RefusedAsync("", text["The passkey was not added. Try again."]);
    }

    public async Task<IActionResult> OnPostRenamePasskeyAsync(string id)
    {
        var me = await MeAsync();
        if (await people.GetPasskeyAsync(me, WebEncoders.Base64UrlDecode(id)) is not { } passkey) return NotFound();
        passkey.Name = NameOf(Name);
        await people.AddOrUpdatePasskeyAsync(me, passkey);
        return await SavedAsync(me, text["Saved."]);
    }

    public async Task<IActionResult> OnPostRemovePasskeyAsync(string id)
    {
        var me = await MeAsync();
        await people.RemovePasskeyAsync(me, WebEncoders.Base64UrlDecode(id));
        return await SavedAsync(me, text["The passkey is removed."]);
    }

    private string NameOf(string? name) => NewAccount.Tidy(name) is { Length: > 0 } tidy ? tidy[..Math.Min(tidy.Length, 60)] : text["Passkey"];

    private async Task<Person> MeAsync() => Me = (await people.GetUserAsync(User))!;

    private async Task<IActionResult> WithNewCodesAsync(Person me)
    {
        NewRecoveryCodes = [.. await people.GenerateNewTwoFactorRecoveryCodesAsync(me, RecoveryCodeCount) ?? []];
        await signIn.RefreshSignInAsync(me);
        Response.Headers.CacheControl = "no-store";
        return await ShowAsync();
    }

    private async Task<IActionResult> SavedAsync(Person me, string sentence)
    {
        await signIn.RefreshSignInAsync(me);
        TempData.Notify(sentence);
        return RedirectToPage();
    }

    private async Task<IActionResult> RefusedAsync(string field, string sentence)
    {
        ModelState.AddModelError(field, sentence);
        return await ShowAsync();
    }

    private async Task<IActionResult> ShowAsync()
    {
        var me = await MeAsync();
        if (Setup && !me.TwoFactorEnabled && await people.GetAuthenticatorKeyAsync(me) is { } key) Key = new AuthenticatorKey(key, me.Email!);
        if (me.TwoFactorEnabled) RecoveryCodesLeft = await people.CountRecoveryCodesAsync(me);
        Passkeys = await people.GetPasskeysAsync(me);
        return Page();
    }
}
