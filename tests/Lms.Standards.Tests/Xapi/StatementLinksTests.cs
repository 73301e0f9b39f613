using Lms.Standards.Xapi;

namespace Lms.Standards.Tests.Xapi;

public sealed class StatementLinksTests
{
    [Fact]
    public void Every_agent_is_found_with_its_places()
    {
        var links = StatementLinks.Of(Samples.Element(Samples.Full));

        Assert.Equal(
            [
                ("account|https://lms.example.org|p-17", AgentUsage.Actor, false, true),
                ("mbox|mailto:tutor@example.org", AgentUsage.Instructor, false, false),
                ("openid|https://ana.example.org/", AgentUsage.Team, true, false),
                ("account|https://lms.example.org/oauth|consumer", AgentUsage.Authority, true, false),
                ("mbox|mailto:bob@example.org", AgentUsage.Authority, true, false),
            ],
            links.Agents.Select(a => (a.Key, a.Usage, a.IsMember, a.IsDirect)));
    }

    [Fact]
    public void Every_activity_is_found_with_its_places()
    {
        var links = StatementLinks.Of(Samples.Element(Samples.Full));

        Assert.Equal(
            [
                ("https://lms.example.org/q/1", ActivityUsage.Object, true),
                ("https://lms.example.org/a/1", ActivityUsage.Parent, false),
                ("https://lms.example.org/c/1", ActivityUsage.Grouping, false),
                ("https://lms.example.org/p/1", ActivityUsage.Grouping, false),
                ("urn:isbn:9780306406157", ActivityUsage.Other, false),
            ],
            links.Activities.Select(a => (a.Id, a.Usage, a.IsDirect)));
        Assert.Equal("How many?", links.Activities[0].Json.GetProperty("definition").GetProperty("description").GetProperty("en").GetString());
    }

    [Fact]
    public void The_verb_the_registration_and_the_statements_referred_to_are_found()
    {
        var links = StatementLinks.Of(Samples.Element(Samples.Full));

        Assert.Equal("http://adlnet.gov/expapi/verbs/answered", links.VerbId);
        Assert.Equal(Guid.Parse("ec531277-b57b-4c15-8d91-d292c5b2b8f7"), links.Registration);
        Assert.Equal([new(Guid.Parse("fd41c918-b88b-4b20-a0a5-a4c32391aaa0"), IsObject: false, InSubStatement: false)], links.Statements);
        Assert.Null(links.Voids);
    }

    [Fact]
    public void A_voiding_statement_names_what_it_voids()
    {
        var json = Samples.With(("verb.id", $"\"{Verbs.VoidedId}\""), ("object", Samples.Reference));

        Assert.Equal(Guid.Parse("fd41c918-b88b-4b20-a0a5-a4c32391aaa0"), StatementLinks.Of(Samples.Element(json)).Voids);
    }

    [Fact]
    public void What_stands_in_a_sub_statement_is_related_but_not_direct()
    {
        var links = StatementLinks.Of(Samples.Element(Samples.With(
            ("object", Samples.Sub),
            ("object.context", $$"""{ "team": {{Samples.Group}}, "contextActivities": { "category": [{ "id": "urn:a:2" }] } }"""))));

        Assert.Equal(
            [
                ("mbox|mailto:a@example.org", AgentUsage.Actor, false),
                ("mbox|mailto:team@example.org", AgentUsage.Team, false),
                ("mbox_sha1sum|ebd31e95054c018b10727ccffd2ef2ec3a016ee9", AgentUsage.Team, false),
            ],
            links.Agents.Where(a => a.InSubStatement).Select(a => (a.Key, a.Usage, a.IsDirect)));
        Assert.Equal(
            [("urn:a:1", ActivityUsage.Object, false), ("urn:a:2", ActivityUsage.Category, false)],
            links.Activities.Where(a => a.InSubStatement).Select(a => (a.Id, a.Usage, a.IsDirect)));
    }

    [Fact]
    public void The_agents_of_a_2_0_context_are_found()
    {
        var links = StatementLinks.Of(Samples.Element(Samples.With(
            ("context.contextAgents", """[{ "objectType": "contextAgent", "agent": { "mbox": "mailto:c@example.org" } }]"""),
            ("context.contextGroups", $$"""[{ "objectType": "contextGroup", "group": {{Samples.Group}} }]"""))));

        Assert.Contains(links.Agents, a => a is { Key: "mbox|mailto:c@example.org", Usage: AgentUsage.ContextAgent });
        Assert.Equal(2, links.Agents.Count(a => a.Usage == AgentUsage.ContextGroup));
    }

    [Fact]
    public void An_agent_has_the_same_key_whether_built_or_read()
    {
        Assert.Equal("account|https://lms.example.org|p-17", AgentKey.Of(Agent.Account("https://lms.example.org", "p-17").Identifier));
        Assert.Equal("mbox|mailto:Ana@example.org", AgentKey.Of(new MboxIdentifier("mailto:Ana@Example.ORG")));
        Assert.Equal("mbox|mailto:Ana@example.org", AgentKey.Of(Samples.Element("""{ "mbox": "mailto:Ana@EXAMPLE.org" }""")));
        Assert.Equal("mbox_sha1sum|ab", AgentKey.Of(new MboxSha1Identifier("AB")));
        Assert.Equal("openid|https://a.example/", AgentKey.Of(new OpenIdIdentifier("https://a.example/")));
        Assert.Null(AgentKey.Of(Samples.Element("""{ "objectType": "Group", "member": [{ "mbox": "mailto:a@example.org" }] }""")));
    }
}
