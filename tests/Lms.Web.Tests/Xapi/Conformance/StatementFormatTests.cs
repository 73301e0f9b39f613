using System.Text.Json.Nodes;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Xapi.Conformance;

/// <summary>The formats exact, ids and canonical. (Communication 2.1.3)</summary>
[Collection<LrsCollection>]
public sealed class StatementFormatTests(LrsSite site)
{
    [Fact]
    [Requirement("XAPI-00168", "XAPI-00170")]
    public async Task Exact_is_what_came_and_what_is_given_unless_asked_otherwise()
    {
        foreach (var lrs in site.Both)
        {
            var sent = Told(Sample.NewIri(), Sample.NewIri("verbs"));
            var id = await lrs.StoreOneAsync(sent.DeepClone());
            foreach (var format in new[] { "", "&format=exact" })
            {
                var kept = (await lrs.GetAsync($"statements?statementId={id}{format}")).Expect(200).Node;
                foreach (var (name, value) in sent) Assert.Equal(value!.ToJsonString(), kept[name]!.ToJsonString());
            }
        }
    }

    [Fact]
    [Requirement("XAPI-00168", "XAPI-00171")]
    public async Task Ids_leaves_only_what_identifies()
    {
        foreach (var lrs in site.Both)
        {
            var (activity, verb) = (Sample.NewIri(), Sample.NewIri("verbs"));
            await lrs.StoreAsync(Told(activity, verb));
            var kept = (await lrs.GetAsync(Lrs.At("statements", ("activity", activity), ("format", "ids")))).Expect(200).Node["statements"]![0]!;
            Assert.Equal($$"""{"objectType":"Group","member":[{"mbox":"mailto:a@example.org"}]}""", kept["actor"]!.ToJsonString());
            Assert.Equal($$"""{"id":"{{verb}}"}""", kept["verb"]!.ToJsonString());
            Assert.Equal($$"""{"id":"{{activity}}"}""", kept["object"]!.ToJsonString());
            Assert.Equal("""{"mbox":"mailto:t@example.org"}""", kept["context"]!["instructor"]!.ToJsonString());
            Assert.Equal("""[{"id":"https://example.org/p"}]""", kept["context"]!["contextActivities"]!["parent"]!.ToJsonString());
            Assert.Null(kept["authority"]!["name"]);
        }
    }

    [Theory]
    [InlineData(null, "essayé", "Note A")]
    [InlineData("fr", "essayé", "Note A")]
    [InlineData("en-GB, fr;q=0.5", "tried", "Grade A")]
    [InlineData("de, en;q=0.8, fr;q=0.1", "tried", "Grade A")]
    [InlineData("en;q=0, *", "essayé", "Note A")]
    [Requirement("XAPI-00168", "XAPI-00169", "XAPI-00172")]
    public async Task Canonical_is_what_the_store_knows_in_the_language_that_the_reader_prefers(string? languages, string display, string name)
    {
        foreach (var lrs in site.Both)
        {
            var (activity, verb) = (Sample.NewIri(), Sample.NewIri("verbs"));
            await lrs.StoreAsync(Told(activity, verb));
            // Another statement tells nothing of either, and is given what the first one told.
            var id = await lrs.StoreOneAsync(Sample.Statement(("object.id", Sample.Quoted(activity)), ("verb.id", Sample.Quoted(verb))));
            (string, string)[] headers = languages is null ? [] : [("Accept-Language", languages)];
            var kept = (await lrs.GetAsync($"statements?statementId={id}&format=canonical", headers)).Expect(200).Node;
            Assert.Equal([display], kept["verb"]!["display"]!.AsObject().Select(p => (string?)p.Value));
            Assert.Equal([name], kept["object"]!["definition"]!["name"]!.AsObject().Select(p => (string?)p.Value));
            Assert.Equal("https://example.org/types/a", (string?)kept["object"]!["definition"]!["type"]);
        }
    }

    private static JsonObject Told(string activity, string verb) => Sample.Statement(
        ("actor", """{"objectType":"Group","name":"Batch 4","member":[{"name":"Ana","mbox":"mailto:a@example.org"}]}"""),
        ("verb", $$"""{"id":"{{verb}}","display":{"fr":"essayé","en":"tried"} }"""),
        ("object", $$"""{"id":"{{activity}}","definition":{"type":"https://example.org/types/a","name":{"fr":"Note A","en":"Grade A"} } }"""),
        ("context.instructor", """{"name":"Tutor","mbox":"mailto:t@example.org"}"""),
        ("context.contextActivities.parent", """[{"id":"https://example.org/p","definition":{"name":{"en":"Parent"}}}]"""),
        ("result.response", "\"ok \\u00e9\""));
}
