using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Lms.Standards.Xapi;

namespace Lms.Standards.Tests.Xapi;

/// <summary>Properties that hold for every input. FsCheck prints the seed of a failure.</summary>
public sealed class StatementPropertyTests
{
    private static readonly string[] Intruders =
    [
        "null", "true", "0", "-1e999", "1e-999", "\"\"", "\"x\"", "\"urn:x:1\"", "\"Group\"", "\"\\u0000\"", "[]", "[null]", "[[]]", "{}",
        """{ "": null }""", """{ "id": [] }""", """{ "objectType": {} }""", """{ "objectType": "Group", "member": [null, 3] }""", Samples.Group, Samples.Sub, Samples.Reference,
    ];

    [Fact]
    public void No_bytes_whatever_make_the_validator_throw() =>
        Hold(1000, (byte[] bytes) => StatementValidator.Validate(bytes, XapiVersion.V1).Count is > 0 and <= StatementValidator.MaxViolations);

    [Fact]
    public void No_damage_to_a_statement_makes_the_validator_throw() => HoldForSeeds(1000, seed =>
    {
        var random = new Random(seed);
        var bytes = Encoding.UTF8.GetBytes(Samples.Full).ToList();
        for (var damage = random.Next(1, 5); damage > 0; damage--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(40), bytes.Count - at)); break;
                case 2: bytes.InsertRange(at, bytes.Slice(at, Math.Min(random.Next(40), bytes.Count - at))); break;
                default: bytes.InsertRange(at, "\\ud800"u8.ToArray()); break;
            }
        }
        return IsJudged([.. bytes], XapiVersion.V2);
    });

    [Fact]
    public void No_value_in_any_place_makes_the_validator_throw_nor_what_reads_valid_statements() => HoldForSeeds(1000, seed =>
    {
        var random = new Random(seed);
        var root = JsonNode.Parse(StatementWriter.ToUtf8(new RandomStatements(seed).Next()))!;
        for (var times = random.Next(1, 4); times > 0; times--) Intrude(root, random);
        return IsJudged(Encoding.UTF8.GetBytes(root.ToJsonString()), (XapiVersion)random.Next(2));
    });

    [Fact]
    public void Every_statement_that_the_writer_writes_is_valid_and_the_same_as_itself() => HoldForSeeds(1000, seed =>
    {
        var json = StatementWriter.ToUtf8(new RandomStatements(seed).Next());
        Assert.Equal(json, StatementWriter.ToUtf8(new RandomStatements(seed).Next()));
        Assert.Empty(StatementValidator.Validate(json, XapiVersion.V1));
        Assert.Empty(StatementValidator.Validate(json, XapiVersion.V2));
        return IsJudged(json, XapiVersion.V1);
    });

    [Fact]
    public void A_statement_that_lost_a_required_part_is_refused_for_it() => HoldForSeeds(500, seed =>
    {
        var json = StatementWriter.ToUtf8(new RandomStatements(seed).Next());
        foreach (var part in new[] { "actor", "verb", "object", "verb.id" })
        {
            var root = JsonNode.Parse(json)!;
            var steps = part.Split('.');
            steps[..^1].Aggregate(root, (node, step) => node[step]!).AsObject().Remove(steps[^1]);
            Assert.Contains(Samples.Validate(root.ToJsonString()), v => v.Path == "$." + part && v.Rule == "required");
        }
        return true;
    });

    [Fact]
    public void An_actor_that_lost_what_identifies_it_is_refused() => HoldForSeeds(1000, seed =>
    {
        var root = JsonNode.Parse(StatementWriter.ToUtf8(new RandomStatements(seed).Next()))!;
        foreach (var property in new[] { "mbox", "mbox_sha1sum", "openid", "account", "member" }) root["actor"]!.AsObject().Remove(property);
        return Samples.Validate(root.ToJsonString()).Any(v => v is { Path: "$.actor", Rule: "identifier" });
    });

    [Fact]
    public void Any_length_of_time_survives_being_written_and_read_to_a_hundredth_of_a_second() => HoldForSeeds(1000, seed =>
    {
        var duration = TimeSpan.FromTicks(new Random(seed).NextInt64(TimeSpan.TicksPerDay * 4000) >> (seed % 40));
        var text = Iso8601Duration.Format(duration);
        return Iso8601Duration.TryParse(text, out var read) && Iso8601Duration.Truncate(text) == text
            && duration - read >= TimeSpan.Zero && duration - read < TimeSpan.FromMilliseconds(10);
    });

    [Fact]
    public void No_text_makes_a_format_throw() => Hold(1000, (string? text) =>
    {
        text ??= "";
        _ = XapiFormats.IsIri(text) | XapiFormats.IsMbox(text) | XapiFormats.IsMediaType(text) | LanguageTag.IsValid(text)
            | XapiTimestamp.TryParse(text, out _) | XapiTimestamp.TryParseIso8601(text, out _) | Iso8601Duration.TryParse(text, out _);
        return Iso8601Duration.Truncate(text).Length <= text.Length;
    });

    // Judged either way; and what is judged valid can be indexed and compared.
    private static bool IsJudged(byte[] json, XapiVersion version)
    {
        var violations = StatementValidator.Validate(json, version);
        if (violations.Count > 0) return violations.Count <= StatementValidator.MaxViolations;

        var statement = JsonElement.Parse(json);
        return StatementLinks.Of(statement).Agents.All(a => a.Key.Length > 0) && StatementComparer.Matches(statement, statement);
    }

    private static void Intrude(JsonNode root, Random random)
    {
        var node = root;
        while (true)
        {
            var children = node switch { JsonObject o => o.Select(p => p.Value).ToList(), JsonArray a => [.. a], _ => [] };
            var child = children.Count == 0 ? null : children[random.Next(children.Count)];
            if (child is JsonObject or JsonArray && random.Next(3) > 0) { node = child; continue; }

            var intruder = JsonNode.Parse(Intruders[random.Next(Intruders.Length)]);
            if (child is not null) child.ReplaceWith(intruder);
            else if (node is JsonObject o) o["id"] = intruder;
            else if (node is JsonArray a) a.Add(intruder);
            return;
        }
    }

    private static void Hold<T>(int times, Func<T, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(times), Prop.ForAll(ArbMap.Default.ArbFor<T>(), property));

    private static void HoldForSeeds(int times, Func<int, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(times), Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), property));
}
