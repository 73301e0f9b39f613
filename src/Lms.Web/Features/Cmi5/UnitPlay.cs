using System.Collections.Concurrent;
using System.Text.Json;
using Lms.Standards.Cmi5;
using Lms.Standards.Cmi5.TinCan;
using Lms.Standards.Packages;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Packages;
using Lms.Web.Features.Xapi;
using Lms.Web.Features.Xapi.Store;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Cmi5;

/// <summary>A registration and all that is known of its units: loaded, changed and saved as one.</summary>
internal sealed class UnitPlay(PackageRegistration registration, PackageVersion version, CourseStructure course, Agent actor, LmsIds ids)
{
    public PackageRegistration Registration => registration;
    public PackageVersion Version => version;
    public CourseStructure Course => course;
    public bool IsCmi5 => version.Standard == PackageStandard.Cmi5;
    public Agent Actor => actor;
    public string ActorKey => AgentKey.Of(actor.Identifier);
    public LmsIds Ids => ids;
    public LmsStatements Say { get; } = new(ids, course, actor, registration.Id);
    public Dictionary<string, UnitRecord> Records { get; init; } = [];
    public HashSet<string> Told { get; init; } = [];

    /// <summary>The IRI by which statements name a unit; content of plain xAPI packages knows only its publisher's.</summary>
    public string ActivityOf(AssignableUnit unit) => IsCmi5 ? ids.Unit(unit.Id) : unit.Id;

    public UnitRecord? Find(AssignableUnit unit) => Records.GetValueOrDefault(unit.Id);

    public Satisfaction Satisfaction => Satisfaction.Of(course, unit => Find(course.Units[unit])?.Standing ?? default);

    /// <summary>What the units come to for the package as a whole.</summary>
    public PackageResult Result()
    {
        var known = course.Units.Select(Find).OfType<UnitRecord>().ToList();
        var satisfied = Satisfaction.Course;
        var judged = known.Where(r => r.Success != PackageSuccess.Unknown).ToList();
        var success = judged.Count == 0 ? PackageSuccess.Unknown
            : judged.TrueForAll(r => r.Success == PackageSuccess.Passed) ? PackageSuccess.Passed
            // What is satisfied all the same is not failed as a whole.
            : satisfied ? PackageSuccess.Unknown : PackageSuccess.Failed;
        return new PackageResult(satisfied ? PackageCompletion.Completed : PackageCompletion.Incomplete, success, ScoreOf([.. known.Select(r => r.Score).OfType<PackageScore>()]));
    }

    // One score is the package's; of several, the mean.
    private static PackageScore? ScoreOf(List<PackageScore> scores) => scores switch
    {
        [] => null,
        [var only] => only,
        _ => scores.Where(s => s.Scaled is not null).Select(s => s.Scaled!.Value).ToList() is { Count: > 0 } scaled ? new PackageScore(scaled.Average(), null, null, null) : null,
    };
}

/// <summary>Loads registrations, and says what follows from what units said.</summary>
internal sealed class UnitPlays(LmsDbContext db, StatementStore statements, PackageResults results, XapiAddresses addresses, TimeProvider clock)
{
    private const int MostCourses = 64;
    // Versions never change.
    private static readonly ConcurrentDictionary<Guid, CourseStructure> s_courses = new();

    /// <summary>Loads all of a registration. Nobody need be signed in: whoever asks was let in by a token, or has looked the registration up.</summary>
    public async Task<UnitPlay> LoadAsync(PackageRegistration registration, CancellationToken ct)
    {
        var version = await db.PackageVersions.IgnoreQueryFilters().AsNoTracking().SingleAsync(v => v.Id == registration.PackageVersionId, ct);
        return new UnitPlay(registration, version, CourseOf(version), ActorOf(registration), new LmsIds($"{addresses.Root}/packages/{registration.PackageId}"))
        {
            Records = await db.UnitRecords.IgnoreQueryFilters().Where(r => r.RegistrationId == registration.Id).ToDictionaryAsync(r => r.PublisherId, ct),
            Told = await db.SatisfiedParts.IgnoreQueryFilters().Where(p => p.RegistrationId == registration.Id).Select(p => p.PartId).ToHashSetAsync(ct),
        };
    }

    /// <summary>The record of a unit, which is made where there is none.</summary>
    public UnitRecord RecordOf(UnitPlay play, AssignableUnit unit)
    {
        if (play.Find(unit) is { } known) return known;
        var record = new UnitRecord { RegistrationId = play.Registration.Id, PublisherId = unit.Id, CentreId = play.Registration.CentreId };
        db.Add(record);
        return play.Records[unit.Id] = record;
    }

    /// <summary>
    /// Evaluates moveOn, in the caller's unit of work: what is satisfied for the first time is told, inner blocks first, and the result goes to the package.
    /// </summary>
    /// <param name="play">The registration.</param>
    /// <param name="session">The session that led to it; null for a session id of its own. (cmi5 9.3.9)</param>
    /// <param name="ct">Cancels.</param>
    public async Task EvaluateAsync(UnitPlay play, string? session, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var name = session ?? Guid.CreateVersion7(now).ToString();
        var satisfaction = play.Satisfaction;
        if (play.IsCmi5)
        {
            foreach (var block in satisfaction.BlocksInsideOut)
                await TellAsync(play, play.Ids.Block(play.Course.Blocks[block].Id), () => play.Say.BlockSatisfied(name, block, now), ct);
            if (satisfaction.Course) await TellAsync(play, play.Ids.Course, () => play.Say.CourseSatisfied(name, now), ct);
        }
        await results.RecordAsync(play.Registration, play.Result(), ct);
    }

    private async Task TellAsync(UnitPlay play, string part, Func<Statement> statement, CancellationToken ct)
    {
        if (!play.Told.Add(part)) return;
        db.Add(new SatisfiedPart { RegistrationId = play.Registration.Id, PartId = part, CentreId = play.Registration.CentreId, At = clock.GetUtcNow().UtcDateTime });
        await statements.AppendAsync(statement(), play.Registration.CentreId, ct);
    }

    private static CourseStructure CourseOf(PackageVersion version)
    {
        if (s_courses.TryGetValue(version.Id, out var known)) return known;
        if (s_courses.Count >= MostCourses) s_courses.Clear();
        return s_courses[version.Id] = version.Standard == PackageStandard.Cmi5
            ? JsonSerializer.Deserialize<CourseStructure>(version.Structure)!
            : JsonSerializer.Deserialize<TinCanPackage>(version.Structure)!.AsCourse();
    }

    /// <summary>The learner as units know them: by an account. (cmi5 9.2) Whoever is known by anything else gets one here that does not tell what.</summary>
    private Agent ActorOf(PackageRegistration registration)
    {
        var learner = RegisteredLearner.Of(registration);
        return learner.Agent.Identifier is AccountIdentifier ? learner.Agent : Agent.Account(addresses.Root, learner.Key[..32]) with { Name = learner.Agent.Name };
    }
}
