using Lms.Web.Features.Catalog;
using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Features.Reporting;

/// <summary>How each item of the bank performs; with an item named, what was answered to it.</summary>
[Authorize(Policies.Staff)]
public sealed class ItemsModel(TeachingService teaching, ItemStatistics statistics, CourseLibrary library) : PageModel
{
    [BindProperty(SupportsGet = true)] public string Slug { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string? Item { get; set; }

    public PublishedCourse Course { get; private set; } = null!;
    public string Language { get; private set; } = "";
    public IReadOnlyList<ItemPerformance> Items { get; private set; } = [];
    public ItemPerformance? Chosen { get; private set; }
    public IReadOnlyList<Given> Answers { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await teaching.CourseAsync(Slug, ct) is not { } course) return NotFound();
        Course = await library.GetAsync(course.CurrentVersionId!.Value, ct);
        Language = Course.LanguageFor(System.Globalization.CultureInfo.CurrentUICulture.Name);
        Items = await statistics.OfAsync(Course, Language, ct);
        if (Item is null) return Page();

        Chosen = Items.FirstOrDefault(i => i.Item.Id == Item);
        if (Chosen is null) return NotFound();
        Answers = await statistics.AnswersAsync(Course.Row.Id, Chosen.Item, ct);
        return Page();
    }
}
