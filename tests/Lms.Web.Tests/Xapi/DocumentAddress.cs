using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Xapi;

public enum DocumentResource { State, AgentProfile, ActivityProfile }

/// <summary>The address of a document that nobody wrote before.</summary>
internal sealed class DocumentAddress(DocumentResource resource)
{
    public const string Id = "first";

    private readonly List<(string Name, string? Value)> _parameters = resource switch
    {
        DocumentResource.State => [("activityId", Sample.NewIri()), ("agent", Sample.NewAgent()), ("stateId", Id)],
        DocumentResource.AgentProfile => [("agent", Sample.NewAgent()), ("profileId", Id)],
        _ => [("activityId", Sample.NewIri()), ("profileId", Id)],
    };

    public string IdName => resource == DocumentResource.State ? "stateId" : "profileId";
    public string Path => With();

    /// <summary>The address with parameters replaced, added, or left out where the value is null.</summary>
    public string With(params (string Name, string? Value)[] changes) => Lrs.At(
        resource switch { DocumentResource.State => "activities/state", DocumentResource.AgentProfile => "agents/profile", _ => "activities/profile" },
        [.. _parameters.Where(p => !changes.Any(c => c.Name == p.Name)), .. changes]);

    /// <summary>Puts a new document.</summary>
    public Task<Reply> PutAsync(Lrs lrs, string json) => lrs.PutAsync(Path, json, ("If-None-Match", "*"));
}
