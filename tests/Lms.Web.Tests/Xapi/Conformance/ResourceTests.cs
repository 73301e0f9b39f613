using System.Text.Json.Nodes;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Xapi.Conformance;

/// <summary>The Agents, Activities and About resources. (Communication 2.4, 2.5, 2.8)</summary>
[Collection<LrsCollection>]
public sealed class ResourceTests(LrsSite site)
{
    [Theory]
    [InlineData("mbox", "\"mailto:{0}@example.org\"")]
    [InlineData("mbox_sha1sum", "\"{0}12345678\"")]
    [InlineData("openid", "\"https://example.org/people/{0}\"")]
    [InlineData("account", "{{\"homePage\":\"https://example.org\",\"name\":\"{0}\"}}")]
    [Requirement("XAPI-00236", "XAPI-00237", "XAPI-00238", "XAPI-00239", "XAPI-00240", "XAPI-00241", "XAPI-00242", "XAPI-00244", "XAPI-00245", "XAPI-00246", "XAPI-00247", "XAPI-00248")]
    public async Task A_person_is_what_is_known_of_the_agent_in_lists(string identifier, string format)
    {
        foreach (var lrs in site.Both)
        {
            var value = string.Format(null, format, Guid.NewGuid().ToString("N"));
            var agent = $$"""{"objectType":"Agent","{{identifier}}":{{value}}}""";
            var path = Lrs.At("agents", ("agent", agent));
            // Of somebody who was never heard of, the person is what the request says.
            Assert.Equal($$"""{"objectType":"Person","{{identifier}}":[{{value}}]}""", (await lrs.GetAsync(path)).Expect(200).Text);

            await lrs.StoreAsync(Sample.Statement(("actor", agent[..^1] + ",\"name\":\"Ana\"}")));
            var person = (await lrs.GetAsync(path)).Expect(200).Node.AsObject();
            Assert.Equal("Person", (string?)person["objectType"]);
            Assert.Equal(["Ana"], person["name"]!.AsArray().Select(n => (string?)n));
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(value), Assert.Single(person[identifier]!.AsArray())));
            Assert.Equal(3, person.Count);
        }
    }

    [Theory]
    [InlineData("XAPI-00243", null)]
    [InlineData("XAPI-00249", "")]
    [InlineData("XAPI-00249", "{}")]
    [InlineData("XAPI-00249", "ana")]
    [InlineData("XAPI-00249", "{\"mbox\":\"ana@example.org\"}")]
    [InlineData("XAPI-00249", "{\"mbox\":\"mailto:ana@example.org\",\"age\":3}")]
    [InlineData("XAPI-00249", "{\"mbox\":\"mailto:a@example.org\"} {}")]
    public async Task A_person_is_asked_for_by_a_valid_agent(string requirement, string? agent)
    {
        foreach (var lrs in site.Both) (await lrs.GetAsync(Lrs.At("agents", ("agent", agent)))).Expect(400);
        Assert.NotEmpty(requirement);
    }

    [Fact]
    [Requirement("XAPI-00251", "XAPI-00252", "XAPI-00253", "XAPI-00254")]
    public async Task An_activity_is_all_that_statements_told_of_it()
    {
        foreach (var lrs in site.Both)
        {
            var activity = Sample.NewIri();
            var path = Lrs.At("activities", ("activityId", activity));
            Assert.Equal($$"""{"objectType":"Activity","id":"{{activity}}"}""", (await lrs.GetAsync(path)).Expect(200).Text);
            foreach (var definition in new[] { """{"name":{"en":"Cocoa"},"type":"https://example.org/t"}""", """{"name":{"fr":"Cacao"},"moreInfo":"https://example.org/more"}""" })
                await lrs.StoreAsync(Sample.Statement(("object", $$"""{"id":"{{activity}}","definition":{{definition}}}""")));
            var expected = JsonNode.Parse($$"""{"objectType":"Activity","id":"{{activity}}","definition":{"name":{"en":"Cocoa","fr":"Cacao"},"type":"https://example.org/t","moreInfo":"https://example.org/more"} }""");
            Assert.True(JsonNode.DeepEquals(expected, (await lrs.GetAsync(path)).Expect(200).Node));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("example.org")]
    [Requirement("XAPI-00250")]
    public async Task An_activity_is_asked_for_by_its_IRI(string? activity)
    {
        foreach (var lrs in site.Both) (await lrs.GetAsync(Lrs.At("activities", ("activityId", activity)))).Expect(400);
    }

    [Fact]
    [Requirement("XAPI-00315", "XAPI-00316", "XAPI-00317", "XAPI-00318", "XAPI-00319", "XAPI-00320")]
    public async Task About_tells_anybody_which_versions_are_spoken()
    {
        foreach (var lrs in site.Both) (await lrs.GetAsync("about")).Expect(200);
        using var anybody = site.Site.Visitor();
        using var reply = await anybody.GetAsync("/xapi/about");
        Assert.Equal("1.0.3", Assert.Single(reply.Headers.GetValues("X-Experience-API-Version")));
        var about = JsonNode.Parse(await reply.Content.ReadAsStringAsync())!;
        var versions = about["version"]!.AsArray().Select(v => (string)v!).ToList();
        Assert.Contains("1.0.3", versions);
        Assert.Contains("2.0.0", versions);
        Assert.All(versions, v => Assert.Matches(@"^(1|2)\.0\.\d$", v)); // 2.0 came after the list that 316 gives
        Assert.IsType<JsonObject>(about["extensions"]);
    }
}
