using System.Security.Claims;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Features.Catalog;

[AllowAnonymous]
public sealed class IndexModel(CatalogService catalog, IStandings standings) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    [BindProperty(SupportsGet = true)] public string? Programme { get; set; }
    [BindProperty(SupportsGet = true, Name = "page")] public int PageNumber { get; set; } = 1;

    public IReadOnlyList<ProgrammeSummary> Programmes { get; private set; } = [];
    public CoursePage Courses { get; private set; } = new([], 0);
    public bool Searching => !string.IsNullOrWhiteSpace(Q) || Programme is not null;
    private IReadOnlyDictionary<Guid, Standing> Standings { get; set; } = new Dictionary<Guid, Standing>();

    public async Task OnGetAsync(CancellationToken ct)
    {
        PageNumber = Pager.Number(PageNumber);
        if (!Searching && PageNumber == 1) Programmes = await catalog.ProgrammesAsync(ct);
        Courses = await catalog.FindAsync(Q, Programme, PageNumber, ct);
        if (User.Identity?.IsAuthenticated != true) return;
        Guid[] shown = [.. Programmes.SelectMany(p => p.Courses).Concat(Courses.Courses).Select(c => c.Id).Distinct()];
        Standings = await standings.OfAsync(User.PersonId(), shown, ct);
    }

    public CardModel Card(CourseSummary course)
    {
        ArgumentNullException.ThrowIfNull(course);
        return new CardModel(course, Standings.GetValueOrDefault(course.Id));
    }
}

/// <summary>A card: the course and, for a learner on it, how far they are.</summary>
public sealed record CardModel(CourseSummary Course, Standing? Standing);
