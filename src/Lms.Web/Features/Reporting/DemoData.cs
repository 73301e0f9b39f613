using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Learning;
using Lms.Web.Features.Network;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Reporting;

/// <summary>People, a centre and some progress for somebody who wants to look round (<c>--demo</c>). Running it again adds nothing.</summary>
public sealed class DemoData(
    LmsDbContext db, UserManager<Person> people, EnrolmentService enrolments, ProgressService progress, CourseLibrary library, TimeProvider clock)
{
    public const string Password = "seedlot demo";

    public async Task AddAsync(CancellationToken ct)
    {
        var centre = await CentreAsync(ct);
        await PersonAsync("instructor@demo.example", "Mariama Diallo", "fr", Role.Instructor, centre.Id, ct);
        await PersonAsync("manager@demo.example", "Lukas Weber", "en", Role.CentreManager, centre.Id, ct);
        await StudyAsync(await PersonAsync("learner@demo.example", "Ana Lima", "en", Role.Learner, centre.Id, ct), lessons: 2, ct);
        await StudyAsync(await PersonAsync("amina@demo.example", "أمينة حداد", "ar", Role.Learner, centre.Id, ct), lessons: 4, ct);
        await StudyAsync(await PersonAsync("minjun@demo.example", "김민준", "en", Role.Learner, centre.Id, ct), lessons: 1, ct);
        await StudyAsync(await PersonAsync("abebe@demo.example", "አበበ በቀለ", "en", Role.Learner, centre.Id, ct), lessons: 0, ct);
        Console.WriteLine($"Demonstration accounts: learner@demo.example, instructor@demo.example, manager@demo.example, password \"{Password}\". Never use --demo where real people learn.");
    }

    private async Task<Centre> CentreAsync(CancellationToken ct)
    {
        var centre = await db.Centres.SingleOrDefaultAsync(c => c.Slug == "demo", ct);
        if (centre is not null) return centre;
        centre = new Centre { Slug = "demo", Name = "Demo regional training centre", Kind = CentreKind.Regional, Country = "SN" };
        db.Add(centre);
        await db.SaveChangesAsync(ct);
        return centre;
    }

    private async Task<Person> PersonAsync(string email, string name, string language, Role role, Guid centreId, CancellationToken ct)
    {
        if (await people.FindByEmailAsync(email) is { } known) return known;
        var now = clock.GetUtcNow().UtcDateTime;
        var person = new Person { Name = name, UserName = email, Email = email, EmailConfirmed = true, Language = language, CentreId = centreId, CreatedAt = now };
        if (role != Role.Learner) db.Add(new RoleAssignment { PersonId = person.Id, CentreId = centreId, Role = role, GrantedAt = now });
        var created = await people.CreateAsync(person, Password);
        return created.Succeeded ? person : throw new InvalidOperationException(string.Join(' ', created.Errors.Select(e => e.Description)));
    }

    private async Task StudyAsync(Person learner, int lessons, CancellationToken ct)
    {
        if (await db.Courses.Where(c => c.CurrentVersionId != null).OrderBy(c => c.Slug).FirstOrDefaultAsync(ct) is not { } course) return;
        if (await enrolments.EnrolAsync(course.Slug, learner.Id, learner.CentreId, ct) is not { } enrolment) return;
        var published = await library.GetAsync(course.CurrentVersionId!.Value, ct);
        var language = published.LanguageFor(learner.Language);
        foreach (var lesson in published.Lessons.Take(lessons))
        {
            await progress.OpenLessonAsync(enrolment, lesson, language, ct);
            await progress.CompleteLessonAsync(enrolment, learner.Id, lesson.Slug, language, ct);
        }
    }
}
