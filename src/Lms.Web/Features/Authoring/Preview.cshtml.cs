using Lms.Manuscripts;
using Lms.Manuscripts.Questions;
using Lms.Web.Data;
using Lms.Web.Features.Assessment;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Identity;
using Lms.Web.Images;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Manuscript = Lms.Manuscripts.Courses;

namespace Lms.Web.Features.Authoring;

/// <summary>A lesson as a learner will see it, from the content folder before it is published, with the keys of its checks.</summary>
[Authorize(Policies.Staff)]
public sealed class PreviewModel(LmsDbContext db, CourseLibrary library, ContentFolder folder, Pictures pictures, IImageProcessor images) : PageModel
{
    [BindProperty(SupportsGet = true)] public string Slug { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string? Lesson { get; set; }
    [BindProperty(SupportsGet = true)] public string? Lang { get; set; }

    public Manuscript.Course Course { get; private set; } = null!;
    public Manuscript.Lesson Shown { get; private set; } = null!;
    public string Language { get; private set; } = "";
    /// <summary>True when this is the folder's text, false when it is the published one.</summary>
    public bool Draft { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await CourseAsync(ct) is not { } course) return NotFound();
        var at = Lesson is null ? 0 : course.Lessons.ToList().FindIndex(l => l.Slug == Lesson);
        if (at < 0) return NotFound();
        var texts = course.Lessons.ElementAt(at).Texts;
        var wanted = Lang ?? System.Globalization.CultureInfo.CurrentUICulture.Name;
        Language = texts.ContainsKey(wanted) ? wanted : course.Language;
        Course = Draft ? await ShownAsync(course, texts[Language], ct) : course;
        Shown = Course.Lessons.ElementAt(at);
        return Page();
    }

    public Question Check(Item item) => new(item, ItemOrder.InLesson(item), QuestionMode.Review) { Language = Language };

    // Its pictures are looked at as a learner will see them; one that can't be shown is told with the findings.
    private async Task<Manuscript.Course> ShownAsync(Manuscript.Course draft, Manuscript.LessonText text, CancellationToken ct)
    {
        await db.RetryAsync(async () =>
        {
            await pictures.KeepAsync(draft.Assets.Where(a => text.Assets.Contains(a.Key)), ct);
            await db.SaveChangesAsync(ct);
            return true;
        });
        return await pictures.ReadAsync(Canonical.Json(draft), ct);
    }

    private async Task<Manuscript.Course?> CourseAsync(CancellationToken ct)
    {
        var draft = folder.Path is null ? null : ContentReader.Read(folder.Path, images.Limits, ct).Courses.FirstOrDefault(c => c.Id == Slug);
        Draft = draft is not null;
        if (draft is not null) return draft;
        var published = await db.Courses.Where(c => c.Slug == Slug).Select(c => c.CurrentVersionId).SingleOrDefaultAsync(ct);
        return published is { } id ? (await library.GetAsync(id, ct)).Content : null;
    }
}
