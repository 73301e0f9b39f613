using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Lms.Standards.Xapi;

namespace Lms.Standards.Tests.Xapi;

/// <summary>Properties of what a store does with valid statements: completing, writing in other formats, and learning from them.</summary>
public sealed class StoringPropertyTests
{
    private static readonly byte[] Authority = """{"account":{"homePage":"https://lms.example.org","name":"lrs"}}"""u8.ToArray();
    private static readonly string[] Tags = ["en", "en-GB", "fr", "fr-CD", "ar", "zh-Hant-TW", "x-private", "de"];

    [Fact]
    public void A_completed_statement_is_valid_and_the_same_as_it_came_and_never_has_stored() => HoldForSeeds(1000, seed =>
    {
        var version = (XapiVersion)(seed % 2);
        var statement = Samples.Element(Received(seed));
        var id = statement.TryGetProperty("id", out var own) ? own.GetGuid() : Guid.NewGuid();
        var bytes = StatementCompletion.Complete(statement, id, Authority, version);

        Assert.StartsWith($"{{\"id\":\"{id}\"", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.Empty(StatementValidator.Validate(bytes, version));
        var whole = JsonElement.Parse(bytes);
        Assert.True(StatementComparer.Matches(whole, statement) && StatementComparer.Matches(statement, whole));
        Assert.Equal("lrs", whole.GetProperty("authority").GetProperty("account").GetProperty("name").GetString());
        Assert.Single(whole.EnumerateObject(), p => p.Name == "version");
        return !whole.TryGetProperty("stored", out _);
    });

    [Fact]
    public void Completing_keeps_every_byte_of_what_it_need_not_touch() => HoldForSeeds(1000, seed =>
    {
        var statement = Samples.Element(Received(seed));
        var whole = JsonElement.Parse(StatementCompletion.Complete(statement, Guid.NewGuid(), Authority, XapiVersion.V1));
        var hasSingle = statement.GetRawText().Contains("\"grouping\":{", StringComparison.Ordinal);
        foreach (var property in statement.EnumerateObject().Where(p => p.Name is not ("id" or "stored" or "authority")))
        {
            if (!hasSingle) Assert.Equal(property.Value.GetRawText(), whole.GetProperty(property.Name).GetRawText());
        }
        return true;
    });

    [Fact]
    public void Completing_twice_changes_nothing_more() => HoldForSeeds(500, seed =>
    {
        var (id, version) = (Guid.NewGuid(), (XapiVersion)(seed % 2));
        var once = StatementCompletion.Complete(Samples.Element(Received(seed)), id, Authority, version);
        return once.AsSpan().SequenceEqual(StatementCompletion.Complete(JsonElement.Parse(once), id, Authority, version));
    });

    [Fact]
    public void Ids_and_canonical_are_valid_statements_and_the_same_when_they_are_written_again() => HoldForSeeds(1000, seed =>
    {
        var random = new Random(seed);
        var prefer = LanguagePreference.Parse(Header(random));
        var canonical = new CanonicalNames(_ => null, _ => null, prefer);
        Action<Utf8JsonWriter, JsonElement>[] formats = [StatementFormat.WriteIds, (json, s) => StatementFormat.WriteCanonical(json, s, canonical)];
        var statement = JsonElement.Parse(StatementCompletion.Complete(Samples.Element(Received(seed)), Guid.NewGuid(), Authority, XapiVersion.V2));
        foreach (var format in formats)
        {
            var once = Written(statement, format);
            Assert.Empty(StatementValidator.Validate(once, XapiVersion.V2));
            Assert.Equal(once, Written(JsonElement.Parse(once), format));
        }
        return true;
    });

    [Fact]
    public void Whatever_a_reader_prefers_is_chosen_from_what_there_is() => HoldForSeeds(2000, seed =>
    {
        var random = new Random(seed);
        var tags = Tags.OrderBy(_ => random.Next()).Take(random.Next(1, Tags.Length)).ToList();
        return tags.Contains(LanguagePreference.Parse(Header(random)).Choose(tags));
    });

    [Fact]
    public void No_header_whatever_makes_the_choice_of_a_language_fail() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(ArbMap.Default.ArbFor<string?>(), header =>
            Tags.Contains(LanguagePreference.Parse(header).Choose(Tags)) && LanguagePreference.Parse(header + ";q=0").Choose(["en"]) == "en"));

    [Fact]
    public void A_description_learnt_again_says_nothing_new_and_no_language_is_ever_lost() => HoldForSeeds(1000, seed =>
    {
        var random = new Random(seed);
        byte[]? known = null;
        for (var i = 0; i < 5; i++)
        {
            var received = Encoding.UTF8.GetBytes(Definition(random).ToJsonString());
            var before = known;
            known = Descriptions.MergeDefinition(known, received) ?? known;
            Assert.Null(Descriptions.MergeDefinition(known, received));
            Assert.Empty(StatementValidator.Validate(Encoding.UTF8.GetBytes(Samples.With(("object.definition", Encoding.UTF8.GetString(known!)))), XapiVersion.V1));
            if (before is null) continue;
            var (then, now) = (JsonNode.Parse(before)!, JsonNode.Parse(known!)!);
            foreach (var map in new[] { "name", "description" })
                Assert.All(then[map]?.AsObject().Select(p => p.Key) ?? [], tag => Assert.NotNull(now[map]![tag]));
            Assert.All(then.AsObject(), p => Assert.NotNull(now[p.Key]));
        }
        return true;
    });

    [Fact]
    public void A_display_learnt_again_says_nothing_new_and_the_last_word_on_a_language_counts() => HoldForSeeds(1000, seed =>
    {
        var random = new Random(seed);
        byte[]? known = null;
        var last = new Dictionary<string, string>();
        for (var i = 0; i < 6; i++)
        {
            var received = Map(random);
            foreach (var (tag, text) in received) last[tag] = (string)text!;
            var bytes = Encoding.UTF8.GetBytes(received.ToJsonString());
            known = Descriptions.MergeDisplay(known, bytes) ?? known;
            Assert.Null(Descriptions.MergeDisplay(known, bytes));
        }
        return JsonSerializer.Deserialize<Dictionary<string, string>>(known!)!.OrderBy(p => p.Key).SequenceEqual(last.OrderBy(p => p.Key));
    });

    [Theory]
    [InlineData("1e999999", true)]
    [InlineData("-1.5E-000001", true)]
    [InlineData("1e99999999999", false)]
    [InlineData("1E-99999999999", false)]
    [InlineData("1e2147483648", false)]
    public void A_number_whose_exponent_is_out_of_all_bounds_is_refused_wherever_it_stands(string number, bool valid)
    {
        foreach (var path in new[] { "result.extensions", "context.extensions", "object.definition.extensions" })
            foreach (var value in new[] { number, $"[{number}]", $$"""{"a":[{"b":{{number}} }]}""" })
                Assert.Equal(valid, Samples.Validate(Samples.With((path, "\"@\"")).Replace("\"@\"", $$"""{"urn:x:n":{{value}} }""", StringComparison.Ordinal)).Count == 0);
        if (!valid) Assert.NotEmpty(Samples.Validate(Samples.With(("result.score", "\"@\"")).Replace("\"@\"", $$"""{"raw":{{number}} }""", StringComparison.Ordinal)));
    }

    /// <summary>A valid statement as one might come: in whatever spacing, and now and then with a context activity that is no list.</summary>
    private static string Received(int seed)
    {
        var random = new Random(seed);
        var root = JsonNode.Parse(StatementWriter.ToUtf8(new RandomStatements(seed).Next()))!;
        if (random.Next(4) == 0) (root["context"] ??= new JsonObject())["contextActivities"] = JsonNode.Parse("""{"grouping":{"id":"https://example.org/g"}}""");
        if (random.Next(2) == 0) root["timestamp"] = $"2026-01-{random.Next(10, 29)}T10:00:00.{random.Next(1000):000}+0{random.Next(10)}:30";
        return random.Next(2) == 0 ? root.ToJsonString() : root.ToJsonString(new() { WriteIndented = true }).Replace("\"grouping\": {", "\"grouping\":{", StringComparison.Ordinal);
    }

    private static byte[] Written(JsonElement statement, Action<Utf8JsonWriter, JsonElement> format)
    {
        var target = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(target)) format(json, statement);
        return target.WrittenSpan.ToArray();
    }

    private static string Header(Random random) => string.Join(random.Next(2) == 0 ? "," : " , ", Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(6) switch
    {
        0 => "*",
        1 => $"{Tags[random.Next(Tags.Length)]};q=0",
        2 => $"{Tags[random.Next(Tags.Length)]};q=0.{random.Next(10)}",
        3 => "de-CH-1996;q=x",
        _ => Tags[random.Next(Tags.Length)].ToUpperInvariant(),
    }));

    private static JsonObject Definition(Random random)
    {
        var definition = new JsonObject();
        if (random.Next(3) > 0) definition["name"] = Map(random);
        if (random.Next(3) > 0) definition["description"] = Map(random);
        if (random.Next(2) == 0) definition["type"] = $"https://example.org/types/{random.Next(3)}";
        if (random.Next(3) == 0) definition["extensions"] = JsonNode.Parse($$"""{"urn:x:{{random.Next(2)}}":[null,{{random.Next(3)}},{"é":""}]}""");
        return definition;
    }

    private static JsonObject Map(Random random) =>
        new(Tags.OrderBy(_ => random.Next()).Take(random.Next(1, 4)).Select(t => KeyValuePair.Create<string, JsonNode?>(t, $"{t} {random.Next(3)} <é>")));

    private static void HoldForSeeds(int times, Func<int, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(times), Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), property));
}
