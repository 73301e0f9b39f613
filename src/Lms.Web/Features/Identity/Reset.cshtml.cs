using System.Text;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Identity;

/// <summary>A new password by a link that somebody who manages the person made.</summary>
[AllowAnonymous]
[EnableRateLimiting(Limits.SignIn)]
public sealed class ResetModel(UserManager<Person> people, IStringLocalizer<IdentityText> text) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty(SupportsGet = true)] public string Token { get; set; } = "";
    [BindProperty] public Form Input { get; set; } = new();
    public Person? Person { get; private set; }

    /// <summary>The path of a link for the person; it works for a day, once, and not after the password changed otherwise.</summary>
    internal static async Task<string> LinkAsync(UserManager<Person> people, Person person) =>
        $"/account/reset/{person.Id}/{WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(await people.GeneratePasswordResetTokenAsync(person)))}";

    public async Task<IActionResult> OnGetAsync() => await FindAsync() is null ? Gone() : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await FindAsync() is not { } token) return Gone();
        var reset = await people.ResetPasswordAsync(Person!, token, Input.Password ?? "");
        if (!reset.Succeeded)
        {
            ModelState.Add(Accounts.Problems(reset));
            return Page();
        }
        await people.SetLockoutEndDateAsync(Person!, null);
        await people.ResetAccessFailedCountAsync(Person!);
        TempData.Notify(text["The password is changed. Sign in with it."]);
        return RedirectToPage("SignIn");
    }

    private async Task<string?> FindAsync()
    {
        if (await people.FindByIdAsync(Id.ToString()) is not { DeactivatedAt: null } person) return null;
        try
        {
            var token = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(Token));
            if (!await people.VerifyUserTokenAsync(person, people.Options.Tokens.PasswordResetTokenProvider, UserManager<Person>.ResetPasswordTokenPurpose, token)) return null;
            Person = person;
            return token;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private PageResult Gone()
    {
        Response.StatusCode = StatusCodes.Status410Gone;
        return Page();
    }

    public sealed class Form
    {
        public string? Password { get; set; }
    }
}
