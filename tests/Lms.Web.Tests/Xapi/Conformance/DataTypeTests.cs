using System.Globalization;
using System.Text.Json.Nodes;
using Lms.Standards.Xapi;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Xapi.Conformance;

/// <summary>Values of every type, as they are refused and kept. (Data 2.2, 2.4, 4)</summary>
[Collection<LrsCollection>]
public sealed class DataTypeTests(LrsSite site)
{
    private const string Sub = """{"objectType":"SubStatement","actor":{"mbox":"mailto:a@example.org"},"verb":{"id":"https://example.org/v"},"object":{"id":"https://example.org/a"}}""";

    /// <summary>Requirement, the place that is broken, and what stands there.</summary>
    public static TheoryData<string, string, string> Broken { get; } = new()
    {
        { "XAPI-00007", "actor", """{"mbox":""}""" },
        { "XAPI-00007", "actor", """{"openid":""}""" },
        { "XAPI-00007", "actor", """{"mbox_sha1sum":"not hex"}""" },
        { "XAPI-00007", "object.id", "\"\"" },
        { "XAPI-00007", "verb.id", "\"no iri\"" },
        { "XAPI-00007", "id", "\"\"" },
        { "XAPI-00007", "context.registration", "\"\"" },
        { "XAPI-00007", "object.definition", """{"extensions":{"":1}}""" },
        { "XAPI-00011", "verb.id", "\"example.org/verbs/tried\"" },
        { "XAPI-00011", "object.id", "\"//example.org/a\"" },
        { "XAPI-00011", "object.definition", """{"moreInfo":"example.org"}""" },
        { "XAPI-00011", "object.definition", """{"type":"lesson"}""" },
        { "XAPI-00011", "actor", """{"account":{"homePage":"example.org","name":"a"}}""" },
        { "XAPI-00013", "verb.display", """{"a12345678":"x"}""" },
        { "XAPI-00013", "verb.display", """{"en-a":"x"}""" },
        { "XAPI-00013", "object.definition", """{"name":{"en-x":"x"}}""" },
        { "XAPI-00013", "object.definition", """{"description":{"en_US":"x"}}""" },
        { "XAPI-00014", "actor", "[]" },
        { "XAPI-00014", "verb", "\"https://example.org/verbs/tried\"" },
        { "XAPI-00014", "object", "3" },
        { "XAPI-00014", "result", "[]" },
        { "XAPI-00014", "context", "true" },
        { "XAPI-00028", "id", "1" },
        { "XAPI-00028", "id", "{}" },
        { "XAPI-00029", "id", "\"8f87ccdebb564c2eab8344982ef22df0\"" },
        { "XAPI-00029", "context.registration", "\"{8f87ccde-bb56-4c2e-ab83-44982ef22df0}\"" },
        { "XAPI-00029", "context.statement", """{"objectType":"StatementRef","id":"8f87ccde-bb56-4c2e-ab83-44982ef22df"}""" },
        { "XAPI-00030", "id", "\"gf87ccde-bb56-4c2e-ab83-44982ef22df0\"" },
        { "XAPI-00030", "object", """{"objectType":"StatementRef","id":"8f87ccde-bb56-4c2e-ab83-44982ef22dfx"}""" },
        { "XAPI-00032", "actor.objectType", "\"Person\"" },
        { "XAPI-00032", "actor.objectType", "1" },
        { "XAPI-00032", "object.objectType", "\"activity\"" },
        { "XAPI-00032", "object.objectType", "\"\"" },
        { "XAPI-00051", "object.definition", Interaction("sequencing", "steps", "{}") },
        { "XAPI-00051", "object.definition", Interaction("performance", "steps", """[{"id":1}]""") },
        { "XAPI-00052", "object.definition", Interaction("matching", "target", "\"a\"") },
        { "XAPI-00052", "object.definition", Interaction("matching", "target", """[{"description":{"en":"no id"}}]""") },
        { "XAPI-00053", "object.definition", Interaction("matching", "source", "[1]") },
        { "XAPI-00053", "object.definition", Interaction("matching", "source", """[{"id":"a"},{"id":"a"}]""") },
        { "XAPI-00054", "object.definition", Interaction("likert", "scale", "true") },
        { "XAPI-00054", "object.definition", Interaction("likert", "scale", """[{"id":"a","description":"text"}]""") },
        { "XAPI-00077", "result.duration", "\"\"" },
        { "XAPI-00077", "result.duration", "\"P\"" },
        { "XAPI-00077", "result.duration", "\"1 hour\"" },
        { "XAPI-00077", "result.duration", "90" },
        { "XAPI-00100", "authority", """{"objectType":"Group","member":[{"mbox":"mailto:a@example.org"},{"mbox":"mailto:b@example.org"},{"mbox":"mailto:c@example.org"}]}""" },
        { "XAPI-00123", "timestamp", "\"\"" },
        { "XAPI-00123", "timestamp", "\"yesterday\"" },
        { "XAPI-00123", "timestamp", "\"2026-13-01T00:00:00Z\"" },
        { "XAPI-00123", "timestamp", "\"2026-02-30T00:00:00Z\"" },
        { "XAPI-00123", "timestamp", "\"01/02/2026 10:00\"" },
        { "XAPI-00123", "timestamp", "\"2026-01-01T00:00:00-00:00\"" },
        { "XAPI-00123", "timestamp", "1767225600" },
        { "XAPI-00066", "object", Change(Sub, "actor", "{}") },
        { "XAPI-00066", "object", Change(Sub, "verb", """{"id":"tried"}""") },
        { "XAPI-00066", "object", Change(Sub, "result", """{"score":{"scaled":2}}""") },
        { "XAPI-00066", "object", Change(Sub, "context", """{"registration":"x"}""") },
        { "XAPI-00066", "object", Change(Sub, "timestamp", "\"x\"") },
        { "XAPI-00066", "object", Change(Sub, "id", "\"8f87ccde-bb56-4c2e-ab83-44982ef22df0\"") },
        { "XAPI-00066", "object", Change(Sub, "object", Sub) },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_broken_value_is_refused_where_it_stands_and_nothing_is_stored(string requirement, string place, string json)
    {
        Assert.StartsWith("XAPI-", requirement, StringComparison.Ordinal);
        foreach (var lrs in site.Both)
        {
            var activity = Sample.NewIri();
            var good = Sample.Statement(("object.id", Sample.Quoted(activity)));
            var reply = (await lrs.PostAsync("statements", new JsonArray(good, Sample.Statement((place, json))).ToJsonString())).Expect(400);
            Assert.All(reply.Node["findings"]!.AsArray(), v => Assert.StartsWith("$[1]", (string)v!["path"]!, StringComparison.Ordinal));
            Assert.Empty(await lrs.FindAsync(("activity", activity)));
        }
    }

    [Theory]
    [InlineData("XAPI-00012", "statementId", "1")]
    [InlineData("XAPI-00012", "voidedStatementId", "8f87ccdebb564c2eab8344982ef22df0")]
    [InlineData("XAPI-00012", "agent", "mailto:a@example.org")]
    [InlineData("XAPI-00012", "agent", "{\"mbox\":\"a@example.org\"}")]
    [InlineData("XAPI-00012", "agent", "{\"mbox\":\"mailto:a@example.org\",\"openid\":\"https://example.org/\"}")]
    [InlineData("XAPI-00012", "verb", "tried")]
    [InlineData("XAPI-00012", "activity", "example.org/a")]
    [InlineData("XAPI-00012", "registration", "x")]
    [InlineData("XAPI-00012", "since", "yesterday")]
    [InlineData("XAPI-00012", "until", "2026-13-01T00:00:00Z")]
    [InlineData("XAPI-00012", "limit", "-1")]
    [InlineData("XAPI-00012", "limit", "many")]
    [InlineData("XAPI-00012", "format", "short")]
    [InlineData("XAPI-00012", "ascending", "yes")]
    [InlineData("XAPI-00012", "attachments", "1")]
    [InlineData("XAPI-00012", "related_agents", "TRUE")]
    [InlineData("XAPI-00012", "related_activities", "")]
    public async Task A_parameter_is_held_to_what_holds_for_the_value_in_a_statement(string requirement, string parameter, string value)
    {
        foreach (var lrs in site.Both)
        {
            var reply = (await lrs.GetAsync(Lrs.At("statements", (parameter, value)))).Expect(400);
            Assert.Contains(parameter, reply.Text, StringComparison.Ordinal);
        }
        Assert.NotEmpty(requirement);
    }

    [Fact]
    [Requirement("XAPI-00002")]
    public async Task Numbers_keep_every_digit()
    {
        foreach (var lrs in site.Both)
            foreach (var number in new[] { "0.333333343", "16777217", "-1.17549435e-38", "3.40282347E+38", "1.00", "0.1234567890123456789" })
            {
                var id = await lrs.StoreOneAsync(Sample.Statement(("result.score.raw", number)));
                Assert.Contains($"\"raw\":{number}", (await lrs.GetAsync($"statements?statementId={id}")).Text, StringComparison.Ordinal);
            }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[null,{\"\":null}]")]
    [Requirement("XAPI-00119")]
    public async Task An_extension_may_hold_anything(string value)
    {
        const string Key = "https://example.org/x/any";
        foreach (var lrs in site.Both)
        {
            var sent = Sample.Statement(("result.extensions", $$"""{"{{Key}}":{{value}}}"""), ("context.extensions", $$"""{"{{Key}}":{{value}}}"""), ("object.definition.extensions", $$"""{"{{Key}}":{{value}}}"""));
            var posted = await lrs.StoreOneAsync(sent);
            var id = Sample.NewId();
            (await lrs.PutAsync($"statements?statementId={id}", sent.ToJsonString())).Expect(204);
            foreach (var stored in new[] { await lrs.StatementAsync(posted), await lrs.StatementAsync(id) })
                Assert.True(JsonNode.DeepEquals(JsonNode.Parse(value), stored["result"]!["extensions"]![Key]));
        }
    }

    [Theory]
    [InlineData("2026-01-31T13:45:00.1234567Z")]
    [InlineData("2026-01-31T13:45:00.123456+02:00")]
    [Requirement("XAPI-00122")]
    public async Task A_timestamp_keeps_at_least_its_milliseconds(string timestamp)
    {
        foreach (var lrs in site.Both)
        {
            var id = await lrs.StoreOneAsync(Sample.Statement(("timestamp", Sample.Quoted(timestamp))));
            var kept = (string)(await lrs.StatementAsync(id))["timestamp"]!;
            Assert.Contains(":00.123", kept, StringComparison.Ordinal);
            Assert.Equal(Time(timestamp), Time(kept));
        }
    }

    [Theory]
    [InlineData("2026-01-31T13:45:00Z", true)]
    [InlineData("2026-01-31T13:45:00.5-05:30", true)]
    [InlineData("20260131T134500Z", false)]
    [InlineData("2026-01-31T13:45Z", false)]
    [Requirement("XAPI-00123")]
    public async Task Version_1_takes_all_of_ISO_8601_and_version_2_what_RFC_3339_allows_of_it(string timestamp, bool isRfc)
    {
        var body = Sample.Statement(("timestamp", Sample.Quoted(timestamp))).ToJsonString();
        (await site.V1.PostAsync("statements", body)).Expect(200);
        (await site.V2.PostAsync("statements", body)).Expect(isRfc ? 200 : 400);
    }

    [Fact]
    public async Task Version_2_gives_timestamps_in_UTC_and_version_1_as_they_came()
    {
        const string Timestamp = "2026-01-31T13:45:00.250+02:00";
        var body = Sample.Statement(("timestamp", Sample.Quoted(Timestamp)));
        Assert.Equal(Timestamp, (string?)(await site.V1.StatementAsync(await site.V1.StoreOneAsync(body)))["timestamp"]);
        var utc = (string)(await site.V2.StatementAsync(await site.V2.StoreOneAsync(body)))["timestamp"]!;
        Assert.EndsWith("Z", utc, StringComparison.Ordinal);
        Assert.Equal(Time(Timestamp), Time(utc));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"actor\":}")]
    [InlineData("{'actor':{}}")]
    [InlineData("5")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("[[]]")]
    [InlineData("")]
    [Requirement("XAPI-00014")]
    public async Task What_is_no_JSON_object_is_no_statement(string body)
    {
        foreach (var lrs in site.Both) (await lrs.PostAsync("statements", body)).Expect(400);
    }

    private static DateTimeOffset Time(string text) =>
        XapiTimestamp.TryParse(text, out var time) ? time : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{text} is no timestamp."));

    private static string Interaction(string type, string list, string json) => $$"""{"interactionType":"{{type}}","{{list}}":{{json}}}""";

    private static string Change(string json, string property, string value)
    {
        var node = JsonNode.Parse(json)!;
        node[property] = JsonNode.Parse(value);
        return node.ToJsonString();
    }
}
