using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Features.Identity;

[Authorize]
public sealed class TokensModel(ApiTokens tokens, TimeProvider clock) : PageModel
{
    [BindProperty] public Form Input { get; set; } = new();
    public List<ApiToken> Tokens { get; private set; } = [];
    /// <summary>The token just made: shown in this answer and never again.</summary>
    public string? Created { get; private set; }
    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task OnGetAsync(CancellationToken ct) => Tokens = await tokens.ListAsync(User.PersonId(), ct);

    public async Task<IActionResult> OnPostCreateAsync(CancellationToken ct)
    {
        (Created, var problem) = await tokens.CreateAsync(User.PersonId(), Input.Name, Input.Days, ct);
        if (problem is not null) ModelState.Add([problem]);
        Response.Headers.CacheControl = "no-store";
        Tokens = await tokens.ListAsync(User.PersonId(), ct);
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken ct)
    {
        await tokens.RevokeAsync(User.PersonId(), id, ct);
        return RedirectToPage();
    }

    public sealed class Form
    {
        public string? Name { get; set; }
        public int Days { get; set; } = 90;
    }
}
