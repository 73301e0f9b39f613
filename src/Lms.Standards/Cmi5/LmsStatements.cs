using System.Text.Json.Nodes;
using Lms.Standards.Xapi;

namespace Lms.Standards.Cmi5;

/// <summary>The statements that the LMS itself makes. (9.3.1, 9.3.6, 9.3.7, 9.3.9)</summary>
/// <param name="ids">The LMS's names of the course's parts.</param>
/// <param name="course">The course.</param>
/// <param name="learner">Who learns.</param>
/// <param name="registration">Their enrolment.</param>
public sealed class LmsStatements(LmsIds ids, CourseStructure course, Actor learner, Guid registration)
{
    private static readonly Activity s_cmi5 = new(Categories.Cmi5);
    private static readonly Activity s_moveOn = new(Categories.MoveOn);

    /// <summary>A session begins.</summary>
    /// <param name="session">The session.</param>
    /// <param name="unit">Index of the unit.</param>
    /// <param name="url">Where it starts, in full and without the launch parameters.</param>
    /// <param name="at">When.</param>
    public Statement Launched(AuSession session, int unit, string url, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(session);
        var au = course.Units[unit];
        var extensions = Session(session.Id);
        extensions[ContextExtensions.LaunchMode] = session.Mode.ToString();
        extensions[ContextExtensions.LaunchUrl] = url;
        extensions[ContextExtensions.MoveOn] = au.MoveOn.ToString();
        if (session.MasteryScore is { } mastery) extensions[ContextExtensions.MasteryScore] = mastery;
        if (au.LaunchParameters is { } parameters) extensions[ContextExtensions.LaunchParameters] = parameters;
        return New(Verbs.Launched, Unit(au), au.Id, extensions, at);
    }

    /// <summary>A session ended without word.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="unit">Index of the unit.</param>
    /// <param name="duration">From “launched” to the last statement of the unit. (9.5.4.2)</param>
    /// <param name="at">When.</param>
    public Statement Abandoned(string sessionId, int unit, TimeSpan duration, DateTimeOffset at) =>
        New(Verbs.Abandoned, Unit(course.Units[unit]), course.Units[unit].Id, Session(sessionId), at) with { Result = new Result { Duration = duration } };

    /// <summary>A unit need not be done.</summary>
    /// <param name="sessionId">An id that no launch has.</param>
    /// <param name="unit">Index of the unit.</param>
    /// <param name="reason">Why. (9.5.5.2)</param>
    /// <param name="at">When.</param>
    public Statement Waived(string sessionId, int unit, string reason, DateTimeOffset at) =>
        New(Verbs.Waived, Unit(course.Units[unit]), course.Units[unit].Id, Session(sessionId), at, s_moveOn) with
        {
            Result = new Result { Success = true, Completion = true, Extensions = new Dictionary<string, JsonNode?> { [ResultExtensions.Reason] = reason } },
        };

    /// <summary>All of a block is satisfied.</summary>
    public Statement BlockSatisfied(string sessionId, int block, DateTimeOffset at)
    {
        var whole = course.Blocks[block];
        return New(Verbs.Satisfied, Named(ids.Block(whole.Id), whole.Title, whole.Description, ActivityTypes.Cmi5Block), whole.Id, Session(sessionId), at);
    }

    /// <summary>All of the course is satisfied.</summary>
    public Statement CourseSatisfied(string sessionId, DateTimeOffset at) =>
        New(Verbs.Satisfied, Named(ids.Course, course.Title, course.Description, ActivityTypes.Cmi5Course), course.Id, Session(sessionId), at);

    private Activity Unit(AssignableUnit unit) => Named(ids.Unit(unit.Id), unit.Title, unit.Description, unit.ActivityType);

    private static Activity Named(string id, IReadOnlyDictionary<string, string> name, IReadOnlyDictionary<string, string> description, string? type) =>
        new(id) { Definition = new ActivityDefinition { Name = name, Description = description, Type = type } };

    private static Dictionary<string, JsonNode?> Session(string id) => new() { [ContextExtensions.SessionId] = id };

    private Statement New(Verb verb, Activity target, string publisherId, Dictionary<string, JsonNode?> extensions, DateTimeOffset at, params Activity[] categories) => new()
    {
        Id = Guid.CreateVersion7(at),
        Actor = learner,
        Verb = verb,
        Object = target,
        Context = new Context
        {
            Registration = registration,
            ContextActivities = new ContextActivities { Grouping = [new Activity(publisherId)], Category = [s_cmi5, .. categories] },
            Extensions = extensions,
        },
        Timestamp = at,
    };
}
