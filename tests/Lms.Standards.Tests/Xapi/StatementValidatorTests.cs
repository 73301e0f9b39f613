using System.Text;
using System.Text.Json;
using Lms.Standards.Xapi;

namespace Lms.Standards.Tests.Xapi;

public sealed class StatementValidatorTests
{
    [Theory]
    [InlineData(XapiVersion.V1)]
    [InlineData(XapiVersion.V2)]
    public void A_statement_with_every_property_is_valid(XapiVersion version) => Assert.Empty(Samples.Validate(Samples.Full, version));

    // What is changed in the full statement, what it is changed to, where the violation is, and what it breaks.
    [Theory]
    [InlineData("result.response", "null", "$.result.response", "XAPI-00001")]
    [InlineData("result", "{}", "$.result", "XAPI-00001")]
    [InlineData("verb.display", "{}", "$.verb.display", "XAPI-00045")]
    [InlineData("actor", null, "$.actor", "XAPI-00003")]
    [InlineData("verb", null, "$.verb", "XAPI-00004")]
    [InlineData("object", null, "$.object", "XAPI-00005")]
    [InlineData("actor", "\"ana\"", "$.actor", "XAPI-00006")]
    [InlineData("context", "[]", "$.context", "XAPI-00006")]
    [InlineData("Actor", "{}", "$.Actor", "XAPI-00008")]
    [InlineData("actor.objectType", "\"agent\"", "$.actor.objectType", "XAPI-00009")]
    [InlineData("object.definition.interactionType", "\"Choice\"", "$.object.definition.interactionType", "XAPI-00009")]
    [InlineData("extensions", "{}", "$.extensions", "XAPI-00010")]
    [InlineData("actor.age", "3", "$.actor.age", "XAPI-00010")]
    [InlineData("attachments.0.a b", "3", "$.attachments[0]['a b']", "XAPI-00010")]
    [InlineData("object.definition.steps", """[{ "id": "a" }]""", "$.object.definition.steps", "XAPI-00010")]
    [InlineData("object.definition.scale", "[]", "$.object.definition.scale", "XAPI-00010")]
    [InlineData("timestamp", "\"yesterday\"", "$.timestamp", "XAPI-00022")]
    [InlineData("timestamp", "\"2025-03-01T12:00:00-00:00\"", "$.timestamp", "XAPI-00022")]
    [InlineData("stored", "\"2025-03-01\"", "$.stored", "XAPI-00023")]
    [InlineData("authority", "3", "$.authority", "XAPI-00024")]
    [InlineData("attachments", "{}", "$.attachments", "XAPI-00025")]
    [InlineData("attachments.0", "\"file\"", "$.attachments[0]", "XAPI-00025")]
    [InlineData("id", "\"8f87ccde-bb56-4c2e-ab83-44982ef22df\"", "$.id", "XAPI-00027")]
    [InlineData("id", "\"{8f87ccde-bb56-4c2e-ab83-44982ef22df0}\"", "$.id", "XAPI-00027")]
    [InlineData("id", "17", "$.id", "XAPI-00027")]
    [InlineData("actor.objectType", "\"Activity\"", "$.actor.objectType", "XAPI-00031")]
    [InlineData("actor.name", "3", "$.actor.name", "XAPI-00033")]
    [InlineData("actor.account", null, "$.actor", "XAPI-00034")]
    [InlineData("actor.openid", "\"https://ana.example.org/\"", "$.actor", "XAPI-00034")]
    [InlineData("actor.member", "[]", "$.actor.member", "XAPI-00035")]
    [InlineData("context.team.member.0", Samples.Group, "$.context.team.member[0]", "XAPI-00036")]
    [InlineData("context.team.member", "[]", "$.context.team", "XAPI-00037")]
    [InlineData("context.team.member", null, "$.context.team", "XAPI-00037")]
    [InlineData("context.instructor.mbox", "\"tutor@example.org\"", "$.context.instructor.mbox", "XAPI-00038")]
    [InlineData("context.instructor.mbox", "\"mailto:tutor\"", "$.context.instructor.mbox", "XAPI-00038")]
    [InlineData("context.instructor.mbox", "\"mailto:a@b@example.org\"", "$.context.instructor.mbox", "XAPI-00038")]
    [InlineData("context.instructor", """{ "mbox_sha1sum": "xyz" }""", "$.context.instructor.mbox_sha1sum", "XAPI-00039")]
    [InlineData("context.team.member.0.openid", "\"ana\"", "$.context.team.member[0].openid", "XAPI-00040")]
    [InlineData("actor.account", "\"p-17\"", "$.actor.account", "XAPI-00041")]
    [InlineData("actor.account.homePage", null, "$.actor.account.homePage", "XAPI-00042")]
    [InlineData("actor.account.homePage", "\"lms.example.org\"", "$.actor.account.homePage", "XAPI-00042")]
    [InlineData("actor.account.name", "17", "$.actor.account.name", "XAPI-00043")]
    [InlineData("verb.id", null, "$.verb.id", "XAPI-00044")]
    [InlineData("verb.id", "\"answered\"", "$.verb.id", "XAPI-00044")]
    [InlineData("verb.id", "\"http://\"", "$.verb.id", "XAPI-00044")]
    [InlineData("verb.id", "\"http://example.org/a b\"", "$.verb.id", "XAPI-00044")]
    [InlineData("verb.display.fr", "3", "$.verb.display.fr", "XAPI-00045")]
    [InlineData("object.objectType", "\"Course\"", "$.object.objectType", "XAPI-00046")]
    [InlineData("object.id", null, "$.object.id", "XAPI-00047")]
    [InlineData("object.id", "\"q/1\"", "$.object.id", "XAPI-00047")]
    [InlineData("object.definition", "[]", "$.object.definition", "XAPI-00048")]
    [InlineData("object.definition.interactionType", "\"quiz\"", "$.object.definition.interactionType", "XAPI-00049")]
    [InlineData("object.definition.correctResponsesPattern", "\"a\"", "$.object.definition.correctResponsesPattern", "XAPI-00050")]
    [InlineData("object.definition.correctResponsesPattern", "[1]", "$.object.definition.correctResponsesPattern[0]", "XAPI-00050")]
    [InlineData("object.definition.choices", "{}", "$.object.definition.choices", "XAPI-00055")]
    [InlineData("object.definition.name", "\"Grade A\"", "$.object.definition.name", "XAPI-00056")]
    [InlineData("object.definition.extensions", "[]", "$.object.definition.extensions", "XAPI-00057")]
    [InlineData("object.definition.choices.1.id", "\"a\"", "$.object.definition.choices", "XAPI-00058")]
    [InlineData("object.definition.choices.1.id", null, "$.object.definition.choices[1].id", "XAPI-00058")]
    [InlineData("object.definition.description", "3", "$.object.definition.description", "XAPI-00059")]
    [InlineData("object.definition.type", "\"question\"", "$.object.definition.type", "XAPI-00060")]
    [InlineData("object.definition.moreInfo", "\"/about\"", "$.object.definition.moreInfo", "XAPI-00061")]
    [InlineData("object.definition.choices.0.description", "\"a\"", "$.object.definition.choices[0].description", "XAPI-00062")]
    [InlineData("object.definition.choices.0", "\"a\"", "$.object.definition.choices[0]", "XAPI-00063")]
    [InlineData("object.definition.interactionType", null, "$.object.definition.interactionType", "XAPI-00064")]
    [InlineData("result.success", "\"true\"", "$.result.success", "XAPI-00074")]
    [InlineData("result.completion", "1", "$.result.completion", "XAPI-00075")]
    [InlineData("result.response", "[\"a\"]", "$.result.response", "XAPI-00076")]
    [InlineData("result.extensions", "3", "$.result.extensions", "XAPI-00078")]
    [InlineData("result.score", "5", "$.result.score", "XAPI-00079")]
    [InlineData("result.score.max", "\"10\"", "$.result.score.max", "XAPI-00080")]
    [InlineData("result.score.min", "10", "$.result.score.min", "XAPI-00081")]
    [InlineData("result.score.raw", "10.01", "$.result.score.raw", "XAPI-00082")]
    [InlineData("result.score.raw", "-0.01", "$.result.score.raw", "XAPI-00082")]
    [InlineData("result.score.scaled", "1.01", "$.result.score.scaled", "XAPI-00083")]
    [InlineData("result.score.scaled", "-1.01", "$.result.score.scaled", "XAPI-00083")]
    [InlineData("result.score.scaled", "1e999", "$.result.score.scaled", "XAPI-00083")]
    [InlineData("context.contextActivities", "[]", "$.context.contextActivities", "XAPI-00086")]
    [InlineData("context.registration", "\"one\"", "$.context.registration", "XAPI-00087")]
    [InlineData("context.instructor", "\"tutor\"", "$.context.instructor", "XAPI-00087")]
    [InlineData("context.team", """{ "mbox": "mailto:a@example.org" }""", "$.context.team", "XAPI-00088")]
    [InlineData("context.revision", "3", "$.context.revision", "XAPI-00089")]
    [InlineData("context.platform", "{}", "$.context.platform", "XAPI-00090")]
    [InlineData("context.language", "\"french language\"", "$.context.language", "XAPI-00091")]
    [InlineData("context.statement", "\"fd41c918-b88b-4b20-a0a5-a4c32391aaa0\"", "$.context.statement", "XAPI-00092")]
    [InlineData("context.statement.objectType", null, "$.context.statement.objectType", "XAPI-00073")]
    [InlineData("context.contextActivities.uncle", "[]", "$.context.contextActivities.uncle", "XAPI-00093")]
    [InlineData("context.contextActivities.parent", Samples.Group, "$.context.contextActivities.parent.objectType", "XAPI-00046")]
    [InlineData("context.contextActivities.grouping.1", "\"urn:a:1\"", "$.context.contextActivities.grouping[1]", "XAPI-00094")]
    [InlineData("context.contextActivities", "{}", "$.context.contextActivities", "XAPI-00095")]
    [InlineData("authority.member.1", """{ "mbox": "mailto:a@example.org", "member": [] }""", "$.authority.member[1].member", "XAPI-00035")]
    [InlineData("authority", Samples.Group, "$.authority.member", "XAPI-00098")]
    [InlineData("authority.mbox", "\"mailto:a@example.org\"", "$.authority", "XAPI-00098")]
    [InlineData("authority.member.0", """{ "mbox": "mailto:a@example.org" }""", "$.authority.member", "XAPI-00098")]
    [InlineData("version", "\"0.9\"", "$.version", "XAPI-00101")]
    [InlineData("version", "\"1.0.\"", "$.version", "XAPI-00101")]
    [InlineData("version", "\"2.0.0\"", "$.version", "XAPI-00101")]
    [InlineData("version", "1", "$.version", "XAPI-00101")]
    [InlineData("attachments.0.length", "27.5", "$.attachments[0].length", "XAPI-00102")]
    [InlineData("attachments.0.length", "-1", "$.attachments[0].length", "XAPI-00102")]
    [InlineData("attachments.0.sha2", "\"abc\"", "$.attachments[0].sha2", "XAPI-00103")]
    [InlineData("attachments.0.fileUrl", "\"f/1\"", "$.attachments[0].fileUrl", "XAPI-00104")]
    [InlineData("attachments.0.contentType", "\"text\"", "$.attachments[0].contentType", "XAPI-00105")]
    [InlineData("attachments.0.display", null, "$.attachments[0].display", "XAPI-00106")]
    [InlineData("attachments.0.usageType", null, "$.attachments[0].usageType", "XAPI-00107")]
    [InlineData("attachments.0.usageType", "\"http://adlnet.gov/expapi/attachments/signature\"", "$.attachments[0].contentType", "XAPI-00115")]
    [InlineData("result.extensions.any", "1", "$.result.extensions.any", "XAPI-00118")]
    [InlineData("context.extensions", "\"x\"", "$.context.extensions", "XAPI-00120")]
    [InlineData("verb.display.en-US-a12345678", "\"x\"", "$.verb.display['en-US-a12345678']", "XAPI-00121")]
    [InlineData("result.duration", "\"P4W1D\"", "$.result.duration", "XAPI-00124")]
    [InlineData("verb.id", "\"http://adlnet.gov/expapi/verbs/voided\"", "$.object", "XAPI-00017")]
    public void A_statement_with_one_wrong_part_is_refused_there(string part, string? json, string path, string requirement)
    {
        var violations = Samples.Validate(Samples.With((part, json)));

        var violation = Assert.Single(violations, v => v.Path == path);
        Assert.Equal(requirement, violation.Requirement);
        Assert.All(violations, v => Assert.True(v.Message.EndsWith('.') && v.Cure.EndsWith('.')));
    }

    [Theory]
    [InlineData("""{ "mbox": "mailto:a@example.org" }""", "$.object.objectType", "XAPI-00065")]
    [InlineData("""{ "objectType": "Group", "name": "nobody" }""", "$.object", "XAPI-00037")]
    [InlineData("""{ "objectType": "StatementRef", "id": "1" }""", "$.object.id", "XAPI-00072")]
    [InlineData("""{ "objectType": "StatementRef" }""", "$.object.id", "XAPI-00072")]
    [InlineData("""{ "actor": {}, "verb": {}, "object": {} }""", "$.object.objectType", "XAPI-00073")]
    [InlineData("""{ "objectType": "SubStatement", "verb": { "id": "urn:v:1" }, "object": { "id": "urn:a:1" } }""", "$.object.actor", "XAPI-00003")]
    public void An_object_that_is_no_activity_follows_its_own_rules(string target, string path, string requirement)
    {
        var json = Samples.With(("object", target), ("context.revision", null), ("context.platform", null));

        Assert.Equal((path, requirement), Samples.Validate(json).Select(v => (v.Path, v.Requirement!)).Single());
    }

    [Theory]
    [InlineData("object", Samples.Group)]
    [InlineData("object", Samples.Reference)]
    [InlineData("object", Samples.Sub)]
    [InlineData("object", """{ "id": "urn:a:1" }""")]
    [InlineData("object.definition", "{}")]
    [InlineData("object.definition.choices", "[]")]
    [InlineData("object.definition.correctResponsesPattern", "[]")]
    [InlineData("actor", Samples.Group)]
    [InlineData("actor", """{ "objectType": "Group", "mbox": "mailto:team@example.org" }""")]
    [InlineData("context.instructor", Samples.Group)]
    [InlineData("authority", """{ "mbox": "mailto:a@example.org" }""")]
    [InlineData("attachments", "[]")]
    [InlineData("version", "\"1.0\"")]
    [InlineData("version", "\"1.0.32\"")]
    [InlineData("id", "\"12345678-1234-5678-1234-567812345678\"")]
    [InlineData("result.score", """{ "raw": -5 }""")]
    [InlineData("result.score", """{ "scaled": -1, "raw": 10, "max": 10, "min": 0 }""")]
    [InlineData("result.duration", "\"P3Y1M29DT4H35M59.14159S\"")]
    [InlineData("verb.id", "\"http://example.com/فعل/خواندن\"")]
    [InlineData("timestamp", "\"20250301T120000Z\"")]
    [InlineData("timestamp", "\"2025-03-01T12:00:00.1234567890\"")]
    [InlineData("timestamp", "\"2025-03-01T12:00+01\"")]
    public void A_statement_with_another_right_part_is_valid(string part, string json)
    {
        var withoutActivityProperties = Samples.With((part, json), ("context.revision", null), ("context.platform", null));

        Assert.Empty(Samples.Validate(withoutActivityProperties));
    }

    [Theory]
    [InlineData(Samples.Group)]
    [InlineData(Samples.Reference)]
    [InlineData(Samples.Sub)]
    public void Revision_and_platform_go_with_activities_only_XAPI_00084_XAPI_00085(string target)
    {
        var violations = Samples.Validate(Samples.With(("object", target)));

        Assert.Equal([("$.context.revision", "XAPI-00084"), ("$.context.platform", "XAPI-00085")], violations.Select(v => (v.Path, v.Requirement!)));
    }

    [Theory]
    [InlineData("authority", """{ "mbox": "mailto:a@example.org" }""", "XAPI-00067")]
    [InlineData("version", "\"1.0.0\"", "XAPI-00068")]
    [InlineData("stored", "\"2025-03-01T12:00:00Z\"", "XAPI-00069")]
    [InlineData("id", "\"12345678-1234-5678-1234-567812345678\"", "XAPI-00070")]
    [InlineData("object", Samples.Sub, "XAPI-00071")]
    [InlineData("timestamp", "3", "XAPI-00022")]
    [InlineData("context", """{ "registration": "1" }""", "XAPI-00087")]
    public void A_sub_statement_is_a_statement_without_what_a_store_sets_XAPI_00066(string property, string json, string requirement)
    {
        var statement = Samples.With(("context", null), ("object", Samples.Sub), ($"object.{property}", json));

        var violation = Assert.Single(Samples.Validate(statement));
        Assert.StartsWith($"$.object.{property}", violation.Path, StringComparison.Ordinal);
        Assert.Equal(requirement, violation.Requirement);
    }

    [Fact]
    public void A_voiding_statement_refers_to_its_target_XAPI_00020() => Assert.Empty(Samples.Validate(Samples.With(
        ("verb.id", $"\"{Verbs.VoidedId}\""), ("object", Samples.Reference), ("context", null))));

    [Theory]
    [InlineData("""{"actor":{},"actor":{}}""", "$.actor")]
    [InlineData("""{"verb":{"id":"urn:v:1","id":"urn:v:1"}}""", "$.verb.id")]
    [InlineData("""{"verb":{"id":"urn:v:1","display":{"en":"a","en":"b"}}}""", "$.verb.display.en")]
    [InlineData("""{"result":{"extensions":{"urn:x:1":{"a":[{"b":1,"b":2}]}}}}""", "$.result.extensions['urn:x:1'].a[0].b")]
    [InlineData("""{"result":{"extensions":{"urn:x:1":1,"urn:x:1":1}}}""", "$.result.extensions['urn:x:1']")]
    public void A_property_that_occurs_twice_is_refused_XAPI_00021(string json, string path) =>
        Assert.Contains(Samples.Validate(json), v => v.Path == path && v.Requirement == "XAPI-00021");

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("null")]
    [InlineData("{} {}")]
    [InlineData("{\"actor\": undefined}")]
    public void What_is_no_JSON_object_is_refused(string json) => Assert.NotEmpty(Samples.Validate(json));

    [Fact]
    public void Text_that_is_not_unicode_is_refused_XAPI_00015()
    {
        byte[] invalid = [.. """{"actor":{"name":" """u8, 0xC3, 0x28, .. "\"}}"u8];

        Assert.Equal("XAPI-00015", Assert.Single(StatementValidator.Validate(invalid, XapiVersion.V1)).Requirement);
        Assert.Equal("XAPI-00015", Assert.Single(Samples.Validate("""{"actor":{"name":"\ud83d"}}""")).Requirement);
        Assert.Equal("XAPI-00015", Assert.Single(Samples.Validate("""{"actor":{"name":"\uDE00\uD83D"}}""")).Requirement);
        Assert.Empty(Samples.Validate(Samples.Full.Replace("Ana", "\\ud83d\\uDE00 \\\\ud83d", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nesting_is_allowed_to_64_levels_and_no_further()
    {
        string Nested(int levels) => Samples.With(("context.extensions", $$"""{ "urn:x:1": {{new string('[', levels)}}{{new string(']', levels)}} }"""));

        Assert.Empty(Samples.Validate(Nested(60)));
        Assert.Equal("json", Assert.Single(StatementValidator.Validate(Encoding.UTF8.GetBytes(NestedRaw(65)), XapiVersion.V1)).Rule);
        using var deep = JsonDocument.Parse(NestedRaw(500), new() { MaxDepth = 1000 });
        Assert.Contains(StatementValidator.Validate(deep.RootElement, XapiVersion.V1), v => v.Rule == "depth");

        static string NestedRaw(int levels) => $$"""{ "result": { "extensions": { "urn:x:1": {{new string('[', levels)}}{{new string(']', levels)}} } } }""";
    }

    [Fact]
    public void All_violations_are_told_at_once_but_never_more_than_twenty()
    {
        Assert.Equal(["$.actor", "$.verb", "$.object"], Samples.Validate("{}").Select(v => v.Path));
        Assert.Equal(StatementValidator.MaxViolations, Samples.Validate($"{{{string.Join(',', Enumerable.Range(0, 50).Select(i => $"\"p{i}\":1"))}}}").Count);
    }

    [Fact]
    public void A_statement_of_a_batch_is_named_by_its_place() =>
        Assert.Equal("$[3].actor", StatementValidator.Validate(Samples.Element("{}"), XapiVersion.V1, "$[3]")[0].Path);

    [Theory]
    [InlineData("""{ "mbox": "mailto:a@example.org" }""", true)]
    [InlineData("""{ "objectType": "Group", "account": { "homePage": "https://a.example", "name": "g" } }""", true)]
    [InlineData("""{ "mbox": "a@example.org" }""", false)]
    [InlineData("\"mailto:a@example.org\"", false)]
    public void An_agent_parameter_is_held_to_the_same_rules_XAPI_00012(string json, bool valid) =>
        Assert.Equal(valid, StatementValidator.ValidateActor(Samples.Element(json), XapiVersion.V1).Count == 0);
}
