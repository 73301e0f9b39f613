using System.Text.Json;

namespace Lms.Standards.Xapi;

/// <summary>Where in a statement an agent stands.</summary>
public enum AgentUsage
{
    /// <summary>The actor.</summary>
    Actor,

    /// <summary>The object.</summary>
    Object,

    /// <summary>The authority.</summary>
    Authority,

    /// <summary>The instructor.</summary>
    Instructor,

    /// <summary>The team.</summary>
    Team,

    /// <summary>A context agent. (2.0)</summary>
    ContextAgent,

    /// <summary>A context group. (2.0)</summary>
    ContextGroup,
}

/// <summary>Where in a statement an activity stands.</summary>
public enum ActivityUsage
{
    /// <summary>The object.</summary>
    Object,

    /// <summary>A parent.</summary>
    Parent,

    /// <summary>A grouping.</summary>
    Grouping,

    /// <summary>A category.</summary>
    Category,

    /// <summary>Another context activity.</summary>
    Other,
}

/// <summary>An agent, identified group, or member of a group in a statement.</summary>
/// <param name="Key">Its <see cref="AgentKey"/>.</param>
/// <param name="Usage">Where it stands.</param>
/// <param name="InSubStatement">True where that is within a sub-statement.</param>
/// <param name="IsMember">True for a member of the group that stands there.</param>
/// <param name="Json">The agent as sent.</param>
public readonly record struct AgentLink(string Key, AgentUsage Usage, bool InSubStatement, bool IsMember, JsonElement Json)
{
    /// <summary>True where the <c>agent</c> filter finds it without <c>related_agents</c>. (Communication 2.1.3)</summary>
    public bool IsDirect => !InSubStatement && Usage is AgentUsage.Actor or AgentUsage.Object;
}

/// <summary>An activity in a statement.</summary>
/// <param name="Id">Its IRI.</param>
/// <param name="Usage">Where it stands.</param>
/// <param name="InSubStatement">True where that is within a sub-statement.</param>
/// <param name="Json">The activity as sent.</param>
public readonly record struct ActivityLink(string Id, ActivityUsage Usage, bool InSubStatement, JsonElement Json)
{
    /// <summary>True where the <c>activity</c> filter finds it without <c>related_activities</c>. (Communication 2.1.3)</summary>
    public bool IsDirect => Usage == ActivityUsage.Object && !InSubStatement;
}

/// <summary>A reference to another statement.</summary>
/// <param name="Id">The other statement.</param>
/// <param name="IsObject">True for the statement's object, false for its context.</param>
/// <param name="InSubStatement">True where that is within a sub-statement.</param>
public readonly record struct StatementLink(Guid Id, bool IsObject, bool InSubStatement);

/// <summary>What a store indexes of one valid statement. The elements live as long as their document.</summary>
public sealed class StatementLinks
{
    private readonly List<AgentLink> _agents = [];
    private readonly List<ActivityLink> _activities = [];
    private readonly List<StatementLink> _statements = [];

    private StatementLinks(string verbId, Guid? registration) => (VerbId, Registration) = (verbId, registration);

    /// <summary>IRI of the verb.</summary>
    public string VerbId { get; }

    /// <summary>The registration; null without one.</summary>
    public Guid? Registration { get; }

    /// <summary>Every agent with its places; the same agent as often as it stands somewhere.</summary>
    public IReadOnlyList<AgentLink> Agents => _agents;

    /// <summary>Every activity with its places.</summary>
    public IReadOnlyList<ActivityLink> Activities => _activities;

    /// <summary>Every statement referred to.</summary>
    public IReadOnlyList<StatementLink> Statements => _statements;

    /// <summary>The statement that this one voids; null when it voids none.</summary>
    public Guid? Voids => VerbId == Verbs.VoidedId ? _statements.Find(s => s is { IsObject: true, InSubStatement: false }).Id : null;

    /// <summary>Reads a statement that <see cref="StatementValidator"/> has passed.</summary>
    public static StatementLinks Of(JsonElement statement)
    {
        Guid? registration = statement.TryGetProperty("context"u8, out var context) && context.TryGetProperty("registration"u8, out var id)
            ? id.GetGuid() : null;
        var links = new StatementLinks(statement.GetProperty("verb"u8).GetProperty("id"u8).GetString()!, registration);
        links.AddStatement(statement, sub: false);
        if (statement.TryGetProperty("authority"u8, out var authority)) links.AddActor(authority, AgentUsage.Authority, sub: false);
        return links;
    }

    private void AddStatement(JsonElement statement, bool sub)
    {
        AddActor(statement.GetProperty("actor"u8), AgentUsage.Actor, sub);
        AddObject(statement.GetProperty("object"u8), sub);
        if (statement.TryGetProperty("context"u8, out var context)) AddContext(context, sub);
    }

    private void AddObject(JsonElement target, bool sub)
    {
        switch (target.TryGetProperty("objectType"u8, out var type) ? type.GetString() : "Activity")
        {
            case "Activity": AddActivity(target, ActivityUsage.Object, sub); break;
            case "StatementRef": _statements.Add(new(target.GetProperty("id"u8).GetGuid(), IsObject: true, sub)); break;
            case "SubStatement": AddStatement(target, sub: true); break;
            default: AddActor(target, AgentUsage.Object, sub); break;
        }
    }

    private void AddContext(JsonElement context, bool sub)
    {
        foreach (var property in context.EnumerateObject())
        {
            switch (property.Name)
            {
                case "instructor": AddActor(property.Value, AgentUsage.Instructor, sub); break;
                case "team": AddActor(property.Value, AgentUsage.Team, sub); break;
                case "contextActivities": AddContextActivities(property.Value, sub); break;
                case "statement": _statements.Add(new(property.Value.GetProperty("id"u8).GetGuid(), IsObject: false, sub)); break;
                case "contextAgents":
                    foreach (var item in property.Value.EnumerateArray()) AddActor(item.GetProperty("agent"u8), AgentUsage.ContextAgent, sub);
                    break;
                case "contextGroups":
                    foreach (var item in property.Value.EnumerateArray()) AddActor(item.GetProperty("group"u8), AgentUsage.ContextGroup, sub);
                    break;
            }
        }
    }

    private void AddContextActivities(JsonElement activities, bool sub)
    {
        foreach (var property in activities.EnumerateObject())
        {
            var usage = property.Name switch
            {
                "parent" => ActivityUsage.Parent,
                "grouping" => ActivityUsage.Grouping,
                "category" => ActivityUsage.Category,
                _ => ActivityUsage.Other,
            };
            if (property.Value.ValueKind == JsonValueKind.Object) AddActivity(property.Value, usage, sub);
            else foreach (var activity in property.Value.EnumerateArray()) AddActivity(activity, usage, sub);
        }
    }

    private void AddActor(JsonElement actor, AgentUsage usage, bool sub)
    {
        if (AgentKey.Of(actor) is { } key) _agents.Add(new(key, usage, sub, IsMember: false, actor));
        if (!actor.TryGetProperty("member"u8, out var members)) return;
        foreach (var member in members.EnumerateArray()) _agents.Add(new(AgentKey.Of(member)!, usage, sub, IsMember: true, member));
    }

    private void AddActivity(JsonElement activity, ActivityUsage usage, bool sub) =>
        _activities.Add(new(activity.GetProperty("id"u8).GetString()!, usage, sub, activity));
}
