using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Identity;

[Authorize]
[EnableRateLimiting(Limits.SignIn)]
public sealed class AccountModel(UserManager<Person> people, PersonSignIn signIn, Accounts accounts, IStringLocalizer<IdentityText> text) : PageModel
{
    [BindProperty] public Form Input { get; set; } = new();
    public string Email { get; private set; } = "";
    public bool HasPassword { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        var person = await MeAsync();
        Input = new Form { Name = person.Name, Language = person.Language };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var person = await MeAsync();
        var name = NewAccount.Tidy(Input.Name);
        if (accounts.NameProblem(name) is { } problem) ModelState.AddModelError("Input.Name", problem);
        if (!SharedFeature.Languages.Contains(Input.Language)) ModelState.AddModelError("Input.Language", text["Choose one of the languages offered."]);
        if (!ModelState.IsValid) return Page();

        (person.Name, person.Language) = (name!, Input.Language!);
        return await SavedAsync(person, await people.UpdateAsync(person), text["Saved."]);
    }

    public async Task<IActionResult> OnPostPasswordAsync()
    {
        var person = await MeAsync();
        var changed = await people.ChangePasswordAsync(person, Input.Current ?? "", Input.Password ?? "");
        if (!changed.Succeeded) (Input.Name, Input.Language) = (person.Name, person.Language);
        return await SavedAsync(person, changed, text["The password is changed. Other devices are signed out within a minute."]);
    }

    private async Task<IActionResult> SavedAsync(Person person, IdentityResult saved, string sentence)
    {
        if (!saved.Succeeded)
        {
            ModelState.Add(Accounts.Problems(saved));
            return Page();
        }
        // The sign-in carries the name, the language and the stamp.
        await signIn.RefreshSignInAsync(person);
        this.ForgetLanguageChoice();
        TempData.Notify(sentence);
        return RedirectToPage();
    }

    private async Task<Person> MeAsync()
    {
        var person = (await people.GetUserAsync(User))!;
        (Email, HasPassword) = (person.Email!, person.PasswordHash is not null);
        return person;
    }

    public sealed class Form
    {
        public string? Name { get; set; }
        public string? Language { get; set; }
        public string? Current { get; set; }
        public string? Password { get; set; }
    }
}
