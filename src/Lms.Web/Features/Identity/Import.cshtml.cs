using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Identity;

[Authorize(Policies.Manager)]
public sealed class ImportModel(UserImport import, IStringLocalizer<IdentityText> text) : PageModel
{
    [BindProperty] public string? Csv { get; set; }
    public ImportResult? Result { get; private set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(IFormFile? file, bool dryRun, CancellationToken ct)
    {
        if (file is { Length: > 0 })
        {
            using var reader = new StreamReader(file.OpenReadStream());
            Csv = await reader.ReadToEndAsync(ct);
            ModelState.Clear();
        }
        if (string.IsNullOrWhiteSpace(Csv)) ModelState.AddModelError("Csv", text["Choose a file, or paste its lines."]);
        else Result = await import.RunAsync(User, Csv, dryRun, ct);
        return Page();
    }
}
