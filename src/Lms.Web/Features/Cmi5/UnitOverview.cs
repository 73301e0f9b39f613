using System.Globalization;
using Lms.Standards.Cmi5;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Packages;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Cmi5;

/// <summary>A course and how far somebody has come in it, in the order of its structure.</summary>
/// <param name="Title">In the reader's language, as far as the package has it.</param>
/// <param name="Registration">Whose.</param>
/// <param name="Sections">Units that stand together in one block, or outside of any.</param>
/// <param name="Satisfied">Whether the whole course is.</param>
/// <param name="CanWaive">Whether its units can be waived: plain xAPI packages know no such thing.</param>
internal sealed record CourseOverview(string Title, PackageRegistration Registration, IReadOnlyList<SectionOverview> Sections, bool Satisfied, bool CanWaive);

/// <param name="Titles">Of the blocks around, the outermost first; none at the top.</param>
/// <param name="Satisfied">Whether the innermost block is; null outside of any.</param>
internal sealed record SectionOverview(IReadOnlyList<string> Titles, bool? Satisfied, IReadOnlyList<UnitView> Units);

/// <param name="Index">Its place in the course.</param>
/// <param name="Record">What is known of it; null for nothing.</param>
/// <param name="Started">Whether it was launched.</param>
/// <param name="Launchable">Whether it can be.</param>
internal sealed record UnitView(int Index, string PublisherId, string Title, MoveOn MoveOn, decimal? MasteryScore, UnitRecord? Record, bool Satisfied, bool Started, bool Launchable);

/// <summary>Shows registrations to those who look at them: the learner in the contents, staff on the page of units.</summary>
internal sealed class UnitOverview(LmsDbContext db, UnitPlays plays)
{

    /// <summary>A registration by its id alone: for whoever holds a ticket of it. Null when there is none of these standards.</summary>
    public async Task<CourseOverview?> OfTicketAsync(Guid registrationId, CancellationToken ct) =>
        await OfAsync(await db.PackageRegistrations.IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(r => r.Id == registrationId, ct), ct);

    /// <summary>A registration that the current person may see.</summary>
    public async Task<CourseOverview?> OfSeenAsync(Guid registrationId, CancellationToken ct) =>
        await OfAsync(await db.PackageRegistrations.AsNoTracking().SingleOrDefaultAsync(r => r.Id == registrationId, ct), ct);

    /// <summary>Its sessions, the newest first.</summary>
    public Task<List<UnitSession>> SessionsAsync(Guid registrationId, CancellationToken ct) =>
        db.UnitSessions.AsNoTracking().Where(s => s.RegistrationId == registrationId).OrderByDescending(s => s.LaunchedAt).ToListAsync(ct);

    private async Task<CourseOverview?> OfAsync(PackageRegistration? registration, CancellationToken ct)
    {
        if (registration is null || !await IsOursAsync(registration, ct)) return null;
        var play = await plays.LoadAsync(registration, ct);
        var started = await db.UnitSessions.IgnoreQueryFilters().Where(s => s.RegistrationId == registration.Id).Select(s => s.PublisherId).Distinct().ToHashSetAsync(ct);
        var satisfaction = play.Satisfaction;
        var sections = new List<(int? Block, List<UnitView> Units)>();
        for (var index = 0; index < play.Course.Units.Count; index++)
        {
            var unit = play.Course.Units[index];
            if (sections.Count == 0 || sections[^1].Block != unit.Block) sections.Add((unit.Block, []));
            var launchable = play.Version.Activities.Any(a => a.Index == index && a.Launchable);
            sections[^1].Units.Add(new UnitView(index, unit.Id, InOwn(unit.Title, unit.Id), unit.MoveOn, unit.MasteryScore, play.Find(unit), satisfaction.Units[index], started.Contains(unit.Id), launchable));
        }
        return new CourseOverview(
            InOwn(play.Course.Title, play.Course.Id), registration,
            [.. sections.Select(s => new SectionOverview(TitlesOf(play.Course, s.Block), s.Block is { } block ? satisfaction.Blocks[block] : null, s.Units))], satisfaction.Course, play.IsCmi5);
    }

    private Task<bool> IsOursAsync(PackageRegistration registration, CancellationToken ct) => db.PackageVersions.IgnoreQueryFilters().AnyAsync(
        v => v.Id == registration.PackageVersionId && (v.Standard == Lms.Standards.Packages.PackageStandard.Cmi5 || v.Standard == Lms.Standards.Packages.PackageStandard.TinCan), ct);

    private static List<string> TitlesOf(CourseStructure course, int? block)
    {
        var titles = new List<string>();
        for (var at = block; at is { } index; at = course.Blocks[index].Parent) titles.Insert(0, InOwn(course.Blocks[index].Title, course.Blocks[index].Id));
        return titles;
    }

    private static string InOwn(IReadOnlyDictionary<string, string> texts, string otherwise) =>
        texts.Count > 0 && texts[LanguagePreference.Parse(CultureInfo.CurrentUICulture.Name).Choose([.. texts.Keys])] is { Length: > 0 } text ? text : otherwise;
}
