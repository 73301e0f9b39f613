using Lms.Standards.Xapi;

namespace Lms.Standards.Tests.Xapi;

public sealed class VersionTests
{
    private const string Agents = """[{ "objectType": "contextAgent", "agent": { "mbox": "mailto:a@example.org" }, "relevantTypes": ["urn:t:1"] }]""";
    private const string Groups = $$"""[{ "objectType": "contextGroup", "group": {{Samples.Group}} }]""";

    [Theory]
    [InlineData("contextAgents", Agents)]
    [InlineData("contextGroups", Groups)]
    public void Context_agents_and_groups_belong_to_2_0_and_are_unknown_to_1_0(string property, string json)
    {
        var statement = Samples.With(($"context.{property}", json));

        Assert.Empty(Samples.Validate(statement, XapiVersion.V2));
        Assert.Equal("XAPI-00010", Assert.Single(Samples.Validate(statement, XapiVersion.V1)).Requirement);
    }

    [Theory]
    [InlineData("contextAgents", """{}""", "$.context.contextAgents")]
    [InlineData("contextAgents", """[{ "agent": { "mbox": "mailto:a@example.org" } }]""", "$.context.contextAgents[0].objectType")]
    [InlineData("contextAgents", """[{ "objectType": "contextAgent" }]""", "$.context.contextAgents[0].agent")]
    [InlineData("contextAgents", $$"""[{ "objectType": "contextAgent", "agent": {{Samples.Group}} }]""", "$.context.contextAgents[0].agent")]
    [InlineData("contextAgents", """[{ "objectType": "contextAgent", "agent": { "mbox": "mailto:a@example.org" }, "relevantTypes": [] }]""", "$.context.contextAgents[0].relevantTypes")]
    [InlineData("contextAgents", """[{ "objectType": "contextAgent", "agent": { "mbox": "mailto:a@example.org" }, "relevantTypes": ["t"] }]""", "$.context.contextAgents[0].relevantTypes[0]")]
    [InlineData("contextGroups", """[{ "objectType": "contextAgent", "group": { "objectType": "Group", "mbox": "mailto:a@example.org" } }]""", "$.context.contextGroups[0].objectType")]
    [InlineData("contextGroups", """[{ "objectType": "contextGroup", "group": { "mbox": "mailto:a@example.org" } }]""", "$.context.contextGroups[0].group")]
    public void A_wrong_context_agent_or_group_is_refused(string property, string json, string path) =>
        Assert.Equal(path, Assert.Single(Samples.Validate(Samples.With(($"context.{property}", json)), XapiVersion.V2)).Path);

    [Theory]
    [InlineData("1.0.3", true)]
    [InlineData("2.0.0", true)]
    [InlineData("2.0.7", true)]
    [InlineData("2.1.0", false)]
    [InlineData("3.0.0", false)]
    public void A_2_0_statement_may_name_either_version(string version, bool valid) =>
        Assert.Equal(valid, Samples.Validate(Samples.With(("version", $"\"{version}\"")), XapiVersion.V2).Count == 0);

    [Theory]
    [InlineData("20250301T120000Z")]
    [InlineData("2025-03-01T12:00:00")]
    [InlineData("2025-03-01T12:00:00+01")]
    public void Timestamps_of_2_0_are_RFC_3339_and_nothing_else(string timestamp) =>
        Assert.Equal("$.timestamp", Assert.Single(Samples.Validate(Samples.With(("timestamp", $"\"{timestamp}\"")), XapiVersion.V2)).Path);
}
