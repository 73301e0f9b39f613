using Lms.Manuscripts;
using Lms.Manuscripts.Findings;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;
using Lms.Web.Images;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Authoring;

/// <summary>What <c>content check</c> and <c>content publish</c> do, in the browser.</summary>
[Authorize(Policies.Author)]
public sealed class ContentModel(ContentFolder folder, PublishContent publishing, IStringLocalizer<AuthoringText> text, IImageProcessor images) : PageModel
{
    public const int MostShown = 200;

    public string? Folder => folder.Path;
    public IReadOnlyList<Finding> Findings { get; private set; } = [];
    public IReadOnlyList<Manuscripts.Courses.Course> Courses { get; private set; } = [];
    public bool Ok { get; private set; }

    public void OnGet(CancellationToken ct)
    {
        if (folder.Path is null) return;
        var content = ContentReader.Read(folder.Path, images.Limits, ct);
        (Findings, Courses, Ok) = (content.Findings, content.Courses, content.Ok);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (folder.Path is null) return NotFound();
        var result = await publishing.PublishAsync(folder.Path, User.CentreId(), User.PersonId(), ct);
        if (!result.Ok)
        {
            (Findings, Ok) = (result.Findings, false);
            return Page();
        }
        TempData.Notify(result.Published.Count == 0
            ? text["Everything was published before."]
            : text["Published: {0}", string.Join(", ", result.Published)], NoticeKind.Good);
        return RedirectToPage();
    }
}
