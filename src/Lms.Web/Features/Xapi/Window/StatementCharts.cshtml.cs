using Lms.Web.Features.Catalog;
using Lms.Web.Features.Identity;
using Lms.Web.Data;
using Lms.Web.Features.Xapi.Store;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Window;

/// <summary>Charts of all statements, or of one course.</summary>
[Authorize(Policies.Staff)]
public sealed class StatementChartsModel(ActivityCharts charts, LmsDbContext db, NameFinder names, XapiAddresses addresses) : PageModel
{
    private const int MostCourses = 500;

    [BindProperty(SupportsGet = true)] public int Days { get; set; } = 30;
    [BindProperty(SupportsGet = true)] public string? Course { get; set; }

    public IReadOnlyList<IHtmlContent> Charts { get; private set; } = [];
    public IReadOnlyList<(string Slug, string Title)> Courses { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        if (!ActivityCharts.Periods.Contains(Days)) Days = 30;
        var language = System.Globalization.CultureInfo.CurrentUICulture.Name;
        var courses = await db.Courses.AsNoTracking().Where(c => c.CurrentVersionId != null).OrderBy(c => c.Slug).Take(MostCourses).ToListAsync(ct);
        Courses = [.. courses.Select(c => (c.Slug, c.Card.Title.In(language))).OrderBy(c => c.Item2, StringComparer.CurrentCulture)];
        var activity = Course is { Length: > 0 } slug ? await names.ActivityAsync(addresses.Course(slug), ct) : 0;
        Charts = activity is { } id ? await charts.OfAsync(id, Days, ct) : [];
    }
}
