using Lms.Standards.Xapi;

namespace Lms.Standards.Tests.Xapi;

public sealed class StatementComparerTests
{
    private const string TwoMembers = """{ "objectType": "Group", "member": [{ "mbox": "mailto:a@example.org" }, { "mbox": "mailto:b@example.org", "name": "B" }] }""";

    [Theory]
    [InlineData("id", null)]
    [InlineData("id", "\"8F87CCDE-BB56-4C2E-AB83-44982EF22DF0\"")]
    [InlineData("authority", null)]
    [InlineData("authority", """{ "mbox": "mailto:other@example.org" }""")]
    [InlineData("stored", null)]
    [InlineData("stored", "\"2030-01-01T00:00:00Z\"")]
    [InlineData("timestamp", null)]
    [InlineData("timestamp", "\"2025-03-01T11:00:00.0057Z\"")]
    [InlineData("version", null)]
    [InlineData("attachments", null)]
    [InlineData("verb.display", null)]
    [InlineData("verb.display.fr", "\"répondit\"")]
    [InlineData("object.definition", null)]
    [InlineData("object.definition.name.en", "\"Another name\"")]
    [InlineData("context.contextActivities.parent", """[{ "id": "https://lms.example.org/a/1" }]""")]
    [InlineData("context.contextActivities.grouping.0.definition", """{ "name": { "en": "Course" } }""")]
    [InlineData("context.registration", "\"EC531277-B57B-4C15-8D91-D292C5B2B8F7\"")]
    [InlineData("context.instructor.mbox", "\"mailto:tutor@EXAMPLE.org\"")]
    [InlineData("context.language", "\"FR-cd\"")]
    [InlineData("result.duration", "\"PT1M1.2399S\"")]
    [InlineData("result.score.raw", "5.0")]
    public void What_a_store_may_set_or_write_otherwise_makes_no_difference(string part, string? json) => AssertSame(true, part, json);

    [Theory]
    [InlineData("id", "\"9f87ccde-bb56-4c2e-ab83-44982ef22df0\"")]
    [InlineData("actor.name", "\"Bea\"")]
    [InlineData("actor.account.name", "\"p-18\"")]
    [InlineData("actor.objectType", null)]
    [InlineData("verb.id", "\"urn:v:other\"")]
    [InlineData("object.id", "\"urn:a:other\"")]
    [InlineData("object", Samples.Reference)]
    [InlineData("object", Samples.Sub)]
    [InlineData("timestamp", "\"2025-03-01T11:00:00.006Z\"")]
    [InlineData("version", "\"1.0.0\"")]
    [InlineData("result", null)]
    [InlineData("result.success", "false")]
    [InlineData("result.duration", "\"PT61.23S\"")]
    [InlineData("result.duration", null)]
    [InlineData("result.extensions.https://lms", "1")]
    [InlineData("context.registration", null)]
    [InlineData("context.instructor.mbox", "\"mailto:Tutor@example.org\"")]
    [InlineData("context.contextActivities.other", null)]
    [InlineData("context.contextActivities.grouping", """[{ "id": "https://lms.example.org/p/1" }, { "id": "https://lms.example.org/c/1" }]""")]
    [InlineData("context.statement.id", "\"ad41c918-b88b-4b20-a0a5-a4c32391aaa0\"")]
    public void Everything_else_does(string part, string? json) => AssertSame(false, part, json);

    [Theory]
    [InlineData("""[{ "mbox": "mailto:b@example.org", "name": "B" }, { "mbox": "mailto:a@example.org" }]""", true)]
    [InlineData("""[{ "mbox": "mailto:b@example.org" }, { "mbox": "mailto:a@example.org", "name": "B" }]""", false)]
    [InlineData("""[{ "mbox": "mailto:a@example.org" }, { "mbox": "mailto:a@example.org" }]""", false)]
    [InlineData("""[{ "mbox": "mailto:a@example.org" }]""", false)]
    public void The_members_of_a_group_are_in_no_order(string members, bool same)
    {
        var left = Samples.With(("actor", TwoMembers));
        var right = Samples.With(("actor", TwoMembers), ("actor.member", members));

        Assert.Equal(same, StatementComparer.Matches(Samples.Element(left), Samples.Element(right)));
    }

    [Theory]
    [InlineData("object.verb.display", """{ "en": "will" }""", true)]
    [InlineData("object.object.definition", """{ "name": { "en": "A" } }""", true)]
    [InlineData("object.timestamp", "\"2025-03-01T11:00:00Z\"", false)]
    [InlineData("object.verb.id", "\"urn:v:other\"", false)]
    public void Within_a_sub_statement_the_same_rules_hold(string part, string json, bool same)
    {
        var left = Samples.With(("object", Samples.Sub));
        var right = Samples.With(("object", Samples.Sub), (part, json));

        Assert.Equal(same, StatementComparer.Matches(Samples.Element(left), Samples.Element(right)));
    }

    private static void AssertSame(bool same, string part, string? json)
    {
        var (full, changed) = (Samples.Element(Samples.Full), Samples.Element(Samples.With((part, json))));

        Assert.Equal(same, StatementComparer.Matches(full, changed));
        Assert.Equal(same, StatementComparer.Matches(changed, full));
    }
}
