using Lms.Web.Tests.Learning;
using Microsoft.EntityFrameworkCore;

namespace Lms.BrowserTests.Budgets;

/// <summary>A site with the courses of the repository's <c>content/</c>, and a learner on each of them for each language.</summary>
public sealed class RealCourses : IAsyncLifetime
{
    private readonly Dictionary<string, (string Email, List<(Guid Enrolment, Guid Version)> Enrolments)> _learners = [];
    private readonly TestSite _site = new(new Dictionary<string, string?> { ["LMS:Content"] = Path.Combine(AppContext.BaseDirectory, "real-content") });

    public Uri Address => _site.Address;

    public async ValueTask InitializeAsync() => await _site.InitializeAsync();

    public async ValueTask DisposeAsync() => await _site.DisposeAsync();

    internal async Task<string> LearnerAsync(string language)
    {
        if (_learners.TryGetValue(language, out var known)) return known.Email;
        var person = await _site.AddPersonAsync(name: "Ana Lima");
        using var browser = await _site.SignInAsync(person.Email!);
        List<(Guid, Guid)> enrolments = [];
        foreach (var slug in await _site.ReadAsync(db => db.Courses.Select(c => c.Slug).ToListAsync()))
        {
            var id = await LearningSite.EnrolAsync(browser, slug);
            enrolments.Add((id, await _site.ReadAsync(db => db.Enrolments.Where(e => e.Id == id).Select(e => e.CourseVersionId).SingleAsync())));
        }
        Assert.NotEmpty(enrolments);
        _learners[language] = (person.Email!, enrolments);
        return person.Email!;
    }

    /// <summary>The addresses of the lessons, course by course.</summary>
    internal async Task<List<List<string>>> LessonsAsync(string language)
    {
        List<List<string>> courses = [];
        foreach (var (enrolment, version) in _learners[language].Enrolments)
        {
            var course = await _site.RunAsync(async services =>
                await ((Web.Features.Catalog.CourseLibrary)services.GetService(typeof(Web.Features.Catalog.CourseLibrary))!).GetAsync(version, default));
            courses.Add([.. course.Lessons.Select(l => $"/learn/{enrolment}/{l.Slug}")]);
        }
        return courses;
    }

    internal static async Task<string> HtmlAsync(IPage page, string path)
    {
        var reply = await page.Context.APIRequest.GetAsync(path);
        Assert.Equal(200, reply.Status);
        return await reply.TextAsync();
    }
}
