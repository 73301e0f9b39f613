using System.Globalization;
using System.Text.Json.Nodes;
using Lms.Standards.Xapi;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Xapi.Conformance;

/// <summary>Which statements a query finds, and page by page. (Data 2.5; Communication 2.1.3)</summary>
[Collection<LrsCollection>]
public sealed class StatementReadingTests(LrsSite site)
{
    private const string ConsistentThrough = "X-Experience-API-Consistent-Through";

    [Fact]
    [Requirement("XAPI-00108", "XAPI-00109", "XAPI-00110", "XAPI-00111", "XAPI-00113", "XAPI-00114", "XAPI-00154", "XAPI-00159", "XAPI-00173")]
    public async Task Pages_lead_from_one_to_the_next_by_more_until_all_was_given_once()
    {
        foreach (var lrs in site.Both)
            foreach (var ascending in new[] { "false", "true" })
            {
                var activity = Sample.NewIri();
                var ids = await lrs.StoreAsync(Sample.Batch(5, ("object.id", Sample.Quoted(activity))));
                var found = new List<string>();
                var sizes = new List<int>();
                var next = Lrs.At("statements", ("activity", activity), ("limit", "2"), ("ascending", ascending));
                while (next.Length > 0)
                {
                    var page = (await lrs.GetAsync(next)).Expect(200);
                    Assert.Equal(["statements", "more"], page.Node.AsObject().Select(p => p.Key));
                    found.AddRange(page.Ids);
                    sizes.Add(page.Ids.Length);
                    next = (string)page.Node["more"]!;
                    if (sizes.Count == 1) await lrs.StoreAsync(Sample.Statement()); // what comes meanwhile disturbs no page
                }
                Assert.Equal([2, 2, 1], sizes);
                Assert.Equal(ascending == "true" ? ids : Enumerable.Reverse(ids), found);
            }
    }

    [Fact]
    [Requirement("XAPI-00112", "XAPI-00149")]
    public async Task A_query_that_finds_nothing_is_answered_by_an_empty_list()
    {
        foreach (var lrs in site.Both)
            foreach (var (name, value) in new[] { ("verb", Sample.NewIri()), ("activity", Sample.NewIri()), ("agent", Sample.NewAgent()), ("registration", Sample.NewId()), ("since", "2999-01-01T00:00:00Z") })
            {
                var reply = (await lrs.GetAsync(Lrs.At("statements", (name, value)))).Expect(200);
                Assert.Equal("""{"statements":[],"more":""}""", reply.Text);
            }
    }

    [Fact]
    [Requirement("XAPI-00164", "XAPI-00178", "XAPI-00179", "XAPI-00180", "XAPI-00181")]
    public async Task Each_filter_finds_what_it_names_and_together_they_find_what_fits_them_all()
    {
        foreach (var lrs in site.Both)
        {
            var (agent, verb, activity, registration) = (Sample.NewAgent(), Sample.NewIri("verbs"), Sample.NewIri(), Sample.NewId());
            (string Path, string? Json)[] parts = [("actor", agent), ("verb.id", Sample.Quoted(verb)), ("object.id", Sample.Quoted(activity)), ("context.registration", Sample.Quoted(registration))];
            (string Name, string? Value)[] filters = [("agent", agent), ("verb", verb), ("activity", activity), ("registration", registration)];
            var all = await lrs.StoreOneAsync(Sample.Statement(parts));
            for (var i = 0; i < parts.Length; i++)
            {
                var one = await lrs.StoreOneAsync(Sample.Statement(parts[i]));
                Assert.Equal([one, all], await lrs.FindAsync(filters[i]));
            }
            Assert.Equal([all], await lrs.FindAsync(filters));
            Assert.Equal([all], await lrs.FindAsync(filters[..2]));
            Assert.Equal([all], await lrs.FindAsync(filters[2..]));
        }
    }

    [Theory]
    [InlineData("""{"mbox_sha1sum":"ebd31e95054c018b10727ccffd2ef2ec3a016ee9"}""")]
    [InlineData("""{"openid":"https://example.org/people/ana"}""")]
    [InlineData("""{"account":{"homePage":"https://example.org","name":"ana"}}""")]
    [InlineData("""{"objectType":"Group","account":{"homePage":"https://example.org","name":"team"}}""")]
    [Requirement("XAPI-00181")]
    public async Task An_agent_is_found_by_whichever_identifier_it_has_as_actor_and_as_object(string agent)
    {
        foreach (var lrs in site.Both)
        {
            var verb = Sample.NewIri("verbs");
            var asActor = await lrs.StoreOneAsync(Sample.Statement(("actor", agent), ("verb.id", Sample.Quoted(verb))));
            var typed = agent.Contains("objectType", StringComparison.Ordinal) ? agent : "{\"objectType\":\"Agent\"," + agent[1..];
            var asObject = await lrs.StoreOneAsync(Sample.Statement(("object", typed), ("verb.id", Sample.Quoted(verb))));
            Assert.Equal([asObject, asActor], await lrs.FindAsync(("agent", agent), ("verb", verb)));
        }
    }

    [Fact]
    [Requirement("XAPI-00176")]
    public async Task Related_agents_are_looked_for_in_every_place()
    {
        foreach (var lrs in site.Both)
        {
            var agent = Sample.NewAgent();
            var sub = $$"""{"objectType":"SubStatement","actor":{{agent}},"verb":{"id":"https://example.org/v"},"object":{"id":"https://example.org/a"} }""";
            List<JsonNode> related =
            [
                Sample.Statement(("context.instructor", agent)),
                Sample.Statement(("context.team", $$"""{"objectType":"Group","member":[{{agent}}]}""")),
                Sample.Statement(("object", sub)),
            ];
            if (lrs.Is2)
            {
                related.Add(Sample.Statement(("context.contextAgents", $$"""[{"objectType":"contextAgent","agent":{{agent}},"relevantTypes":["https://example.org/t"]}]""")));
                related.Add(Sample.Statement(("context.contextGroups", $$"""[{"objectType":"contextGroup","group":{"objectType":"Group","member":[{{agent}}] } }]""")));
            }
            var direct = await lrs.StoreOneAsync(Sample.Statement(("actor", agent)));
            var member = await lrs.StoreOneAsync(Sample.Statement(("actor", $$"""{"objectType":"Group","member":[{{agent}}]}""")));
            var others = await lrs.StoreAsync(new JsonArray([.. related]));
            Assert.Equal([member, direct], await lrs.FindAsync(("agent", agent)));
            Assert.Equal((string[])[.. Enumerable.Reverse(others), member, direct], await lrs.FindAsync(("agent", agent), ("related_agents", "true")));
        }
    }

    [Fact]
    [Requirement("XAPI-00177")]
    public async Task Related_activities_are_looked_for_in_every_place()
    {
        foreach (var lrs in site.Both)
        {
            var activity = Sample.NewIri();
            var sub = $$"""{"objectType":"SubStatement","actor":{"mbox":"mailto:a@example.org"},"verb":{"id":"https://example.org/v"},"object":{"id":"{{activity}}"} }""";
            var direct = await lrs.StoreOneAsync(Sample.Statement(("object.id", Sample.Quoted(activity))));
            var others = await lrs.StoreAsync(new JsonArray(
            [
                .. new[] { "parent", "grouping", "category", "other" }.Select(usage => Sample.Statement(($"context.contextActivities.{usage}", $$"""[{"id":"{{activity}}"}]"""))),
                Sample.Statement(("object", sub)),
            ]));
            Assert.Equal([direct], await lrs.FindAsync(("activity", activity)));
            Assert.Equal((string[])[.. Enumerable.Reverse(others), direct], await lrs.FindAsync(("activity", activity), ("related_activities", "true")));
        }
    }

    [Fact]
    [Requirement("XAPI-00166", "XAPI-00174", "XAPI-00175")]
    public async Task Since_is_after_and_until_is_at_or_before_the_time_of_storage()
    {
        foreach (var lrs in site.Both)
        {
            var activity = Sample.NewIri();
            var ids = new List<string>();
            for (var i = 0; i < 3; i++) ids.Add(await lrs.StoreOneAsync(Sample.Statement(("object.id", Sample.Quoted(activity)))));
            var stored = (string)(await lrs.StatementAsync(ids[1]))["stored"]!;
            Assert.Equal([ids[2]], await lrs.FindAsync(("activity", activity), ("since", stored)));
            Assert.Equal([ids[1], ids[0]], await lrs.FindAsync(("activity", activity), ("until", stored)));
            Assert.Equal([ids[0], ids[1]], await lrs.FindAsync(("activity", activity), ("until", stored), ("ascending", "true")));
            Assert.Equal([ids[2], ids[1], ids[0]], await lrs.FindAsync(("activity", activity), ("ascending", "false")));
            Assert.Empty(await lrs.FindAsync(("activity", activity), ("since", stored), ("until", stored)));
        }
    }

    [Fact]
    [Requirement("XAPI-00150", "XAPI-00151", "XAPI-00156", "XAPI-00158")]
    public async Task One_statement_is_asked_for_by_its_id_and_nothing_else()
    {
        foreach (var lrs in site.Both)
        {
            var id = await lrs.StoreOneAsync(Sample.Statement());
            Assert.Equal(id, (string?)(await lrs.StatementAsync(id))["id"]);
            (await lrs.GetAsync($"statements?statementId={id}&format=ids&attachments=false")).Expect(200);
            (await lrs.GetAsync($"statements?statementId={Sample.NewId()}")).Expect(404);
            foreach (var parameter in new[] { "statementId", "voidedStatementId" })
                foreach (var other in new[] { "agent={}", "verb=urn:a:b", "activity=urn:a:b", $"registration={id}", "related_activities=true", "related_agents=true",
                    "since=2026-01-01T00:00:00Z", "until=2026-01-01T00:00:00Z", "limit=1", "ascending=true", parameter == "statementId" ? $"voidedStatementId={id}" : $"statementId={id}" })
                    (await lrs.GetAsync($"statements?{parameter}={id}&{other}")).Expect(400);
        }
    }

    [Fact]
    [Requirement("XAPI-00152", "XAPI-00153", "XAPI-00160")]
    public async Task Every_answer_says_through_when_it_is_complete_and_never_less_than_it_shows()
    {
        foreach (var lrs in site.Both)
        {
            var id = await lrs.StoreOneAsync(Sample.Statement());
            foreach (var reply in new[] { await lrs.GetAsync("statements?limit=20"), await lrs.GetAsync($"statements?statementId={id}"), await lrs.GetAsync("statements?limit=x"), await lrs.GetAsync($"statements?statementId={Sample.NewId()}") })
            {
                var text = Assert.IsType<string>(reply.Header(ConsistentThrough));
                Assert.True(XapiTimestamp.TryParse(text, out var through), text);
                if (reply.Status != 200) continue;
                var statements = reply.Node["statements"]?.AsArray() ?? [reply.Node];
                Assert.All(statements, s => Assert.True(s!["stored"]!.GetValue<DateTimeOffset>() <= through));
            }
        }
    }

    [Fact]
    [Requirement("XAPI-00165")]
    public async Task An_answer_has_a_content_type_and_says_when_its_newest_was_stored()
    {
        foreach (var lrs in site.Both)
        {
            var id = await lrs.StoreOneAsync(Sample.Statement());
            foreach (var path in new[] { $"statements?statementId={id}", "statements?limit=1&format=ids", "statements?limit=1", "statements?limit=1&format=canonical" })
            {
                var reply = (await lrs.GetAsync(path)).Expect(200);
                Assert.StartsWith("application/json", reply.ContentType, StringComparison.Ordinal);
                Assert.NotNull(reply.ContentHeaders.LastModified);
            }
            var stored = (await lrs.StatementAsync(id))["stored"]!.GetValue<DateTimeOffset>();
            var modified = (await lrs.GetAsync($"statements?statementId={id}")).ContentHeaders.LastModified!.Value;
            Assert.Equal(stored.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture), modified.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    [Requirement("XAPI-00096")]
    public async Task A_single_context_activity_comes_back_in_a_list()
    {
        foreach (var lrs in site.Both)
        {
            var sub = """{"objectType":"SubStatement","actor":{"mbox":"mailto:a@example.org"},"verb":{"id":"https://example.org/v"},"object":{"id":"https://example.org/a"},"context":{"contextActivities":{"other":{"id":"https://example.org/o"}}}}""";
            var kept = await lrs.StatementAsync(await lrs.StoreOneAsync(Sample.Statement(("context.contextActivities.parent", """{"id":"https://example.org/p"}"""), ("object", sub))));
            Assert.Equal("https://example.org/p", (string?)kept["context"]!["contextActivities"]!["parent"]!.AsArray()[0]!["id"]);
            Assert.Equal("https://example.org/o", (string?)kept["object"]!["context"]!["contextActivities"]!["other"]!.AsArray()[0]!["id"]);
        }
    }

    [Fact]
    [Requirement("XAPI-00173")]
    public async Task Limit_0_and_no_limit_give_as_many_as_the_store_allows()
    {
        foreach (var lrs in site.Both)
        {
            var activity = Sample.NewIri();
            await lrs.StoreAsync(Sample.Batch(120, ("object.id", Sample.Quoted(activity))));
            Assert.Single(await lrs.FindAsync(("activity", activity), ("limit", "1")));
            Assert.Equal(120, (await lrs.FindAsync(("activity", activity), ("limit", "0"))).Length);
            Assert.Equal(100, (await lrs.FindAsync(("activity", activity))).Length);
            Assert.Equal(120, (await lrs.FindAsync(("activity", activity), ("limit", "2147483647"))).Length);
        }
    }
}
