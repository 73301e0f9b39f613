using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Features.Identity;

[Authorize(Policies.Manager)]
public sealed class PeopleModel(PeopleList people) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "q")] public string? Search { get; set; }
    [BindProperty(SupportsGet = true)] public string? After { get; set; }
    public PeoplePage Found { get; private set; } = new([], null);

    public Pager Pager => new(
        After is null ? null : Url.Page("People", new { q = Search, After = (string?)null }),
        Found.Next is null ? null : Url.Page("People", new { q = Search, After = Found.Next }), "");

    public async Task OnGetAsync(CancellationToken ct) =>
        Found = await people.FindAsync(User, Search, centre: null, After, PeopleList.PageSize, ct);
}
