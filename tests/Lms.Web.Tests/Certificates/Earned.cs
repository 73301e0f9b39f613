using Lms.Manuscripts;
using Lms.Manuscripts.Courses;
using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Certificates;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Learning;
using Lms.Web.Files;
using Lms.Web.Jobs;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using CatalogCourse = Lms.Web.Features.Catalog.Course;
using Course = Lms.Manuscripts.Courses.Course;

namespace Lms.Web.Tests.Certificates;

/// <summary>Certificates for tests: a course of one lesson, completed, and the job that follows.</summary>
internal static class Earned
{
    public static async Task<Guid> PublishAsync(this TestSite site, string slug, CourseNumber number, CertificatePolicy? policy, string title = "Clean hands") =>
        await site.RunAsync(async services =>
        {
            var db = services.GetRequiredService<LmsDbContext>();
            var json = Canonical.Json(Manuscript(slug, number, policy, title));
            var hash = await services.GetRequiredService<IFileStore>().PutAsync(json, default);
            var course = await db.Courses.SingleOrDefaultAsync(c => c.Slug == slug);
            if (course is null) db.Add(course = new CatalogCourse { Slug = slug, CentreId = (await db.Centres.FirstAsync()).Id });
            var version = new CourseVersion { CourseId = course.Id, Major = number.Major, Minor = number.Minor, Hash = hash, PublishedAt = DateTime.UtcNow };
            db.Add(version);
            course.Publish(version, new CourseCard { Title = Texts(title), Summary = Texts("How to wash them."), Languages = ["en"], Minutes = 215, Lessons = 1, Certificate = policy is not null });
            await db.SaveChangesAsync();
            return version.Id;
        });

    /// <summary>Completes the version for the person, as Learning does: completion and message are one commit.</summary>
    public static async Task<Guid> CompleteAsync(this TestSite site, Person learner, Guid versionId, DateTime? at = null, bool tell = true) =>
        await site.RunAsync(async services =>
        {
            var db = services.GetRequiredService<LmsDbContext>();
            var when = at ?? DateTime.UtcNow;
            var enrolment = new Enrolment
            {
                LearnerId = learner.Id,
                CentreId = learner.CentreId,
                CourseId = await db.CourseVersions.Where(v => v.Id == versionId).Select(v => v.CourseId).SingleAsync(),
                CourseVersionId = versionId,
                LessonCount = 1,
                HasAssessment = true,
                EnrolledAt = when,
            };
            enrolment.Complete("hands", when);
            enrolment.Pass(0.92, when);
            db.Add(enrolment);
            if (tell) services.GetRequiredService<Outbox>().Add(new CourseCompleted(enrolment.Id));
            await db.SaveChangesAsync();
            return enrolment.Id;
        });

    /// <summary>A certificate of a course of its own, earned by a new person.</summary>
    public static async Task<Certificate> CertificateAsync(
        this TestSite site, string name = "Ana Lima", int? validMonths = 12, DateTime? at = null, Guid? centre = null,
        string title = "Clean hands", string language = "en", Person? learner = null)
    {
        var version = await site.PublishAsync($"course-{Guid.NewGuid():N}", new CourseNumber(1, 0), new CertificatePolicy("completion", validMonths), title);
        if (learner is null)
        {
            learner = await site.AddPersonAsync(centre: centre, name: name);
            await site.ReadAsync(db => db.Users.Where(p => p.Id == learner.Id).ExecuteUpdateAsync(p => p.SetProperty(x => x.Language, language)));
        }
        return await site.IssuedAsync(await site.CompleteAsync(learner, version, at));
    }

    public static async Task<Certificate> IssuedAsync(this TestSite site, Guid enrolmentId)
    {
        await site.RunJobsAsync();
        return await site.ReadAsync(db => db.Certificates.AsNoTracking().Where(c => c.EnrolmentId == enrolmentId).OrderByDescending(c => c.Issue).FirstAsync());
    }

    private static LanguageMap Texts(string english) => new() { ["en"] = english };

    private static Course Manuscript(string slug, CourseNumber number, CertificatePolicy? policy, string title) => new()
    {
        Id = slug,
        Version = number,
        Language = "en",
        Languages = ["en"],
        Title = Texts(title),
        Summary = Texts("How to wash them."),
        Audience = [],
        Certificate = policy,
        Bank = new Dictionary<string, IReadOnlyList<Manuscripts.Questions.Item>>(),
        Modules =
        [
            new Module
            {
                Title = Texts("Hands"),
                Lessons =
                [
                    new Lesson
                    {
                        Id = "hands", Slug = "hands", Minutes = 215, Bloom = "apply", Objectives = [], Standards = [],
                        Texts = new Dictionary<string, LessonText> { ["en"] = new() { Title = "Hands", Blocks = [], Assets = [], AssetBytes = 0 } },
                    },
                ],
            },
        ],
    };
}
