using Lms.Web.Features.Catalog;
using Lms.Web.Tests.Learning;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

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
            var version = await _site.ReadAsync(db => db.Enrolments.Where(e => e.Id == id).Select(e => e.CourseVersionId).SingleAsync());
            // Done once, every lesson is open, whatever it builds on.
            foreach (var lesson in (await CourseAsync(version)).Lessons)
                using (await LearningSite.CompleteAsync(browser, id, lesson.Slug)) { }
            enrolments.Add((id, version));
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
            courses.Add([.. (await CourseAsync(version)).Lessons.Select(l => $"/learn/{enrolment}/{l.Slug}")]);
        }
        return courses;
    }

    private Task<PublishedCourse> CourseAsync(Guid version) =>
        _site.RunAsync(async services => await services.GetRequiredService<CourseLibrary>().GetAsync(version, CancellationToken.None));

    internal static async Task<string> HtmlAsync(IPage page, string path)
    {
        var reply = await page.Context.APIRequest.GetAsync(path);
        Assert.Equal(200, reply.Status);
        return await reply.TextAsync();
    }
}
