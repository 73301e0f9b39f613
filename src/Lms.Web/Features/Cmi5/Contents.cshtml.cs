using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Features.Cmi5;

/// <summary>The units of a course for the learner: whoever was let in by a launch comes back here from each unit.</summary>
[AllowAnonymous]
internal sealed class ContentsModel(UnitOverview overview, ContentsTokens tokens) : PageModel
{
    [BindProperty(SupportsGet = true)] public string Token { get; set; } = "";
    public CourseOverview Course { get; private set; } = null!;
    public string? ReturnUrl { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Response.Headers.CacheControl = "no-store";
        if (tokens.Read(Token) is not { } ticket || await overview.OfTicketAsync(ticket.RegistrationId, ct) is not { } course) return NotFound();
        (Course, ReturnUrl) = (course, ticket.ReturnUrl);
        return Page();
    }
}
