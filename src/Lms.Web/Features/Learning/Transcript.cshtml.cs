using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Lms.Manuscripts.Courses;
using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Learning;

/// <summary>Everything somebody has studied: their own, or that of a person whom the reader's role lets them see.</summary>
public sealed class TranscriptModel(LmsDbContext db, CourseLibrary library, TimeProvider clock) : PageModel
{
    public string Name { get; private set; } = "";
    public DateTime Now { get; } = clock.GetUtcNow().UtcDateTime;
    public IReadOnlyList<TranscriptCourse> Courses { get; private set; } = [];

    /// <summary>A print's own seal: the same as long as the records are, in every language and on every day.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { Name, Courses = Courses.Select(c => c.Record) })));

    public async Task<IActionResult> OnGetAsync(Guid? personId, CancellationToken ct)
    {
        var id = personId ?? User.PersonId();
        if (await db.People.Where(p => p.Id == id).Select(p => p.Name).SingleOrDefaultAsync(ct) is not { } name) return NotFound();
        Name = name;
        var enrolments = await db.Enrolments.AsNoTracking().Where(e => e.LearnerId == id).OrderByDescending(e => e.EnrolledAt).ToListAsync(ct);
        var courses = new List<TranscriptCourse>();
        foreach (var enrolment in enrolments) courses.Add(CourseOf(enrolment, await library.GetAsync(enrolment.CourseVersionId, ct)));
        Courses = courses;
        return Page();
    }

    private static TranscriptCourse CourseOf(Enrolment enrolment, PublishedCourse course)
    {
        var language = course.LanguageFor(CultureInfo.CurrentUICulture.Name);
        var done = enrolment.Completions.ToDictionary(c => c.Lesson, c => c.At);
        return new TranscriptCourse(
            enrolment, course.Content.Title, course.Row.Number, course.Content.Certificate is not null,
            [.. course.Lessons.Where(l => done.ContainsKey(l.Id)).Select(l => new TranscriptLesson(l.Id, l.Texts[language].Title, done[l.Id]))])
        {
            Hash = course.Row.Hash,
        };
    }
}

/// <summary>A course on a transcript.</summary>
public sealed record TranscriptCourse(
    Enrolment Enrolment, LanguageMap Title, string Version, bool HasCertificate, IReadOnlyList<TranscriptLesson> Lessons)
{
    /// <summary>Of the course version.</summary>
    public required string Hash { get; init; }

    /// <summary>What is hashed: everything shown that is no matter of language.</summary>
    public object Record => new
    {
        Course = Hash, Enrolment.EnrolledAt, Enrolment.CompletedAt, Enrolment.ReplacedAt, Enrolment.PassedAt, Enrolment.Score,
        Lessons = Lessons.Select(l => new { l.Id, l.At }),
    };
}

/// <summary>A lesson done.</summary>
public sealed record TranscriptLesson(string Id, string Title, DateTime At);
