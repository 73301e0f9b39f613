using Lms.Web;
using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Learning;
using Lms.Web.Features.Network;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lms.Benchmarks;

/// <summary>A data folder with people in it, made by the site's own services.</summary>
internal sealed class Seed : IDisposable
{
    public const string Password = "correct horse battery";
    public const string Course = "gmp-fundamentals";

    public string Folder { get; } = Directory.CreateTempSubdirectory("seedlot-bench-").FullName;

    public static string Email(int person) => $"person{person}@example.org";

    /// <summary>Runs code of the site, without serving, on the folder.</summary>
    public async Task<T> WithSiteAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var app = Site.Build(new SiteOptions(Folder, Urls: null, Quiet: true, Settings: new Dictionary<string, string?>
        {
            ["LMS:Admin:Email"] = "admin@example.org",
            ["LMS:Admin:Password"] = Password,
        }));
        await app.PrepareAsync(demo: false, CancellationToken.None);
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CentreScope>().SeeAll();
        return await work(scope.ServiceProvider);
    }

    /// <summary>Adds learners who are enrolled on the course; returns their ids and enrolments.</summary>
    public Task<List<(Guid Person, Guid Enrolment)>> LearnersAsync(int count) => WithSiteAsync(async services =>
    {
        var db = services.GetRequiredService<LmsDbContext>();
        var hub = await db.Centres.FirstAsync(c => c.Kind == CentreKind.Hub);
        var people = services.GetRequiredService<UserManager<Person>>();
        var enrolments = services.GetRequiredService<EnrolmentService>();
        // One hash for all: what is measured is not the hashing of passwords.
        var hash = people.PasswordHasher.HashPassword(null!, Password);
        var learners = new List<(Guid, Guid)>();
        for (var i = 0; i < count; i++)
        {
            var person = new Person { Name = $"Person {i}", UserName = Email(i), Email = Email(i), EmailConfirmed = true, CentreId = hub.Id, PasswordHash = hash, CreatedAt = DateTime.UtcNow };
            await people.CreateAsync(person);
            learners.Add((person.Id, (await enrolments.EnrolAsync(Course, person.Id, hub.Id, CancellationToken.None))!.Value));
        }
        return learners;
    });

    /// <summary>The address of the first lesson of an enrolment.</summary>
    public async Task<string> FirstLessonAsync(Guid enrolment) => await WithSiteAsync(async services =>
    {
        var course = await services.GetRequiredService<LmsDbContext>().Courses.SingleAsync(c => c.Slug == Course);
        var version = await services.GetRequiredService<CourseLibrary>().GetAsync(course.CurrentVersionId!.Value, default);
        return $"/learn/{enrolment}/{version.Lessons[0].Slug}";
    });

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }
}
