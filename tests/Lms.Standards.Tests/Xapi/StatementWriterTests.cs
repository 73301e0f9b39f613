using System.Text;
using Lms.Standards.Xapi;

namespace Lms.Standards.Tests.Xapi;

public sealed class StatementWriterTests
{
    [Fact]
    public void An_answered_question_is_written_with_its_definition_response_and_course()
    {
        var statement = new Statement
        {
            Id = Guid.Parse("8f87ccde-bb56-4c2e-ab83-44982ef22df0"),
            Actor = Agent.Account("https://lms.example.org", "p-17") with { Name = "Ana" },
            Verb = Verbs.Answered,
            Object = new Activity("https://lms.example.org/q/1")
            {
                Definition = new()
                {
                    Name = new Dictionary<string, string> { ["fr"] = "Classe A", ["en"] = "Grade A" },
                    Type = ActivityTypes.Interaction,
                    Interaction = Interaction.Choice(
                        [new("a", new Dictionary<string, string> { ["en"] = "3 520" }), new("b")], [ResponsePattern.Items(["a"])]),
                },
            },
            Result = new() { Score = new(Scaled: 1, Raw: 2.5m, Min: 0, Max: 2.5m), Success = true, Response = "a", Duration = TimeSpan.FromSeconds(61.239) },
            Context = new()
            {
                Registration = Guid.Parse("ec531277-b57b-4c15-8d91-d292c5b2b8f7"),
                ContextActivities = new() { Parent = [new Activity("https://lms.example.org/c/1")] },
                Revision = "sha256:ab",
                Language = "fr",
                Extensions = new Dictionary<string, System.Text.Json.Nodes.JsonNode?> { [ContextExtensions.Attempt] = 2 },
            },
            Timestamp = new DateTimeOffset(2025, 3, 1, 13, 0, 0, 5, TimeSpan.FromHours(1)),
        };

        var json = Encoding.UTF8.GetString(StatementWriter.ToUtf8(statement));

        Assert.Equal(
            """
            {"id":"8f87ccde-bb56-4c2e-ab83-44982ef22df0",
            "actor":{"objectType":"Agent","name":"Ana","account":{"homePage":"https://lms.example.org","name":"p-17"}},
            "verb":{"id":"http://adlnet.gov/expapi/verbs/answered","display":{"en":"answered","fr":"a répondu"}},
            "object":{"objectType":"Activity","id":"https://lms.example.org/q/1","definition":{"name":{"en":"Grade A","fr":"Classe A"},
            "type":"http://adlnet.gov/expapi/activities/cmi.interaction","interactionType":"choice","correctResponsesPattern":["a"],
            "choices":[{"id":"a","description":{"en":"3 520"}},{"id":"b"}]}},
            "result":{"score":{"scaled":1,"raw":2.5,"min":0,"max":2.5},"success":true,"response":"a","duration":"PT1M1.23S"},
            "context":{"registration":"ec531277-b57b-4c15-8d91-d292c5b2b8f7","contextActivities":{"parent":[{"objectType":"Activity","id":"https://lms.example.org/c/1"}]},
            "revision":"sha256:ab","language":"fr","extensions":{"http://id.tincanapi.com/extension/attempt-id":2}},
            "timestamp":"2025-03-01T12:00:00.005Z"}
            """.ReplaceLineEndings(""), json);
    }

    [Fact]
    public void Parts_with_nothing_in_them_are_left_out()
    {
        var statement = new Statement
        {
            Actor = new Group(null, [Agent.Account("https://lms.example.org", "p-17")]),
            Verb = new Verb(Verbs.VoidedId, new Dictionary<string, string>()),
            Object = new StatementRef(Guid.Parse("8f87ccde-bb56-4c2e-ab83-44982ef22df0")),
            Result = new() { Score = new() },
            Context = new() { ContextActivities = new() },
        };

        Assert.Equal(
            """
            {"actor":{"objectType":"Group","member":[{"objectType":"Agent","account":{"homePage":"https://lms.example.org","name":"p-17"}}]},
            "verb":{"id":"http://adlnet.gov/expapi/verbs/voided"},
            "object":{"objectType":"StatementRef","id":"8f87ccde-bb56-4c2e-ab83-44982ef22df0"}}
            """.ReplaceLineEndings(""), Encoding.UTF8.GetString(StatementWriter.ToUtf8(statement)));
    }

    [Fact]
    public void A_half_of_a_surrogate_pair_is_written_as_the_replacement_character_and_stays_valid()
    {
        var statement = new Statement
        {
            Actor = Agent.Account("https://lms.example.org", "p-17"),
            Verb = Verbs.Answered,
            Object = new Activity("https://lms.example.org/q/1"),
            Result = new() { Response = "a\ud83d" },
        };

        var json = StatementWriter.ToUtf8(statement);

        Assert.Empty(StatementValidator.Validate(json, XapiVersion.V1));
        Assert.Equal("a\uFFFD", System.Text.Json.JsonElement.Parse(json).GetProperty("result").GetProperty("response").GetString());
    }

    [Fact]
    public void Every_verb_and_type_of_the_vocabulary_is_an_IRI_with_its_words_in_English_and_French()
    {
        var verbs = typeof(Verbs).GetProperties().Select(p => (Verb)p.GetValue(null)!).ToList();
        var names = new[] { typeof(ActivityTypes), typeof(ContextExtensions), typeof(ResultExtensions), typeof(Categories), typeof(AttachmentUsages) }
            .SelectMany(t => t.GetFields()).Select(f => (string)f.GetRawConstantValue()!).ToList();

        Assert.Equal(19, verbs.Count);
        Assert.All(verbs, v => Assert.Equal(["en", "fr"], v.Display.Keys.Order()));
        Assert.All(verbs.Select(v => v.Id).Concat(names), iri => Assert.True(XapiFormats.IsIri(iri), iri));
        Assert.Equal(verbs.Count + names.Count, verbs.Select(v => v.Id).Concat(names).Distinct().Count());
    }

    [Fact]
    public void Answers_are_written_in_the_notation_of_the_standard()
    {
        Assert.Equal("a[,]b", ResponsePattern.Items(["a", "b"]));
        Assert.Equal("a[.]1[,]b[.]2", ResponsePattern.Pairs([("a", "1"), ("b", "2")]));
        Assert.Equal("1.5[:]2", ResponsePattern.Range(1.5m, 2));
        Assert.Equal("[:]4", ResponsePattern.Range(null, 4));
        Assert.Equal("4", ResponsePattern.Range(4, 4));
    }
}
