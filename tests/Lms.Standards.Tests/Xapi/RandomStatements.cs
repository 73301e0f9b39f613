using System.Text.Json.Nodes;
using Lms.Standards.Xapi;

namespace Lms.Standards.Tests.Xapi;

/// <summary>Makes statements of every form that the model allows; the same seed makes the same statement.</summary>
internal sealed class RandomStatements(int seed)
{
    private readonly Random _random = new(seed);

    public Statement Next() => new()
    {
        Id = Maybe(NextGuid()),
        Actor = NextActor(),
        Verb = NextVerb(),
        Object = NextObject(allowSub: true, out var isActivity),
        Result = NextResult(),
        Context = NextContext(isActivity),
        Timestamp = Maybe(NextTime()),
        Stored = Maybe(NextTime()),
        Authority = Chance() ? NextAgent() : null,
        Version = Chance() ? "1.0.0" : null,
        Attachments = NextList(NextAttachment),
    };

    private StatementObject NextObject(bool allowSub, out bool isActivity)
    {
        var kind = _random.Next(allowSub ? 5 : 4);
        isActivity = kind == 0;
        return kind switch
        {
            0 => NextActivity(),
            1 => NextAgent(),
            2 => NextGroup(),
            3 => new StatementRef(NextGuid()),
            _ => NextSubStatement(),
        };
    }

    private SubStatement NextSubStatement() => new()
    {
        Actor = NextActor(),
        Verb = NextVerb(),
        Object = NextObject(allowSub: false, out var isActivity),
        Result = NextResult(),
        Context = NextContext(isActivity),
        Timestamp = Maybe(NextTime()),
    };

    private Actor NextActor() => Chance() ? NextAgent() : NextGroup();

    private Agent NextAgent() => new(NextIdentifier()) { Name = Chance() ? NextText() : null };

    private Group NextGroup() => Chance()
        ? new Group(null, [NextAgent(), .. NextList(NextAgent)]) { Name = NextText() }
        : new Group(NextIdentifier(), NextList(NextAgent));

    private Identifier NextIdentifier() => _random.Next(4) switch
    {
        0 => new MboxIdentifier($"mailto:a{_random.Next(9)}@example.org"),
        1 => new MboxSha1Identifier(string.Concat(Enumerable.Range(0, 40).Select(_ => "0123456789abcdefABCDEF"[_random.Next(22)]))),
        2 => new OpenIdIdentifier(NextIri()),
        _ => new AccountIdentifier(NextIri(), NextText()),
    };

    private Verb NextVerb() => Chance() ? Verbs.Answered : new(NextIri(), NextMap() ?? new Dictionary<string, string>());

    private Activity NextActivity() => new(NextIri())
    {
        Definition = Chance() ? null : new()
        {
            Name = NextMap(),
            Description = NextMap(),
            Type = Chance() ? NextIri() : null,
            MoreInfo = Chance() ? NextIri() : null,
            Interaction = Chance() ? NextInteraction() : null,
            Extensions = NextExtensions(),
        },
    };

    private Interaction NextInteraction()
    {
        IReadOnlyList<string>? correct = Chance() ? NextList(NextText) : null;
        return _random.Next(10) switch
        {
            0 => Interaction.TrueFalse(correct),
            1 => Interaction.Choice(NextComponents(), correct),
            2 => Interaction.FillIn(correct),
            3 => Interaction.LongFillIn(correct),
            4 => Interaction.Matching(NextComponents(), NextComponents(), correct),
            5 => Interaction.Performance(NextComponents(), correct),
            6 => Interaction.Sequencing(NextComponents(), correct),
            7 => Interaction.Likert(NextComponents(), correct),
            8 => Interaction.Numeric(correct),
            _ => Interaction.Other(correct),
        };
    }

    private InteractionComponent[] NextComponents() =>
        [.. Enumerable.Range(0, _random.Next(4)).Select(i => new InteractionComponent(i + NextText(), NextMap()))];

    private Result? NextResult() => Chance() ? null : new()
    {
        Score = Chance() ? null : new(Maybe(_random.Next(-100, 101) / 100m), Maybe((decimal)_random.Next(1, 9)), Maybe(-0.5m), Maybe(9m)),
        Success = Maybe(Chance()),
        Completion = Maybe(Chance()),
        Response = Chance() ? NextText() : null,
        Duration = Maybe(TimeSpan.FromTicks(_random.NextInt64(TimeSpan.TicksPerDay * 400))),
        Extensions = NextExtensions(),
    };

    private Context? NextContext(bool isActivity) => Chance() ? null : new()
    {
        Registration = Maybe(NextGuid()),
        Instructor = Chance() ? NextActor() : null,
        Team = Chance() ? NextGroup() : null,
        ContextActivities = Chance() ? null : new()
        {
            Parent = NextList(NextActivity),
            Grouping = NextList(NextActivity),
            Category = NextList(NextActivity),
            Other = NextList(NextActivity),
        },
        Revision = isActivity && Chance() ? NextText() : null,
        Platform = isActivity && Chance() ? NextText() : null,
        Language = Chance() ? NextLanguage() : null,
        Statement = Chance() ? new(NextGuid()) : null,
        Extensions = NextExtensions(),
    };

    private Attachment NextAttachment() => new()
    {
        UsageType = NextIri(),
        Display = new Dictionary<string, string> { ["en"] = NextText() },
        Description = NextMap(),
        ContentType = "application/pdf",
        Length = _random.NextInt64(),
        Sha2 = new string('a', 64),
        FileUrl = Chance() ? NextIri() : null,
    };

    private Dictionary<string, JsonNode?>? NextExtensions() => Chance() ? null : new()
    {
        [NextIri()] = _random.Next(4) switch { 0 => null, 1 => NextText(), 2 => new JsonObject(), _ => new JsonArray(1, null, "x") },
    };

    private Dictionary<string, string>? NextMap() => Chance() ? null : new() { [NextLanguage()] = NextText(), ["x-other"] = "" };

    private string NextLanguage() => new[] { "en", "fr-CD", "zh-Hant", "ar", "ko-KR", "am" }[_random.Next(6)];

    private string NextIri() => new[] { "https://example.org/", "urn:x:", "http://exämple.org/فعل/" }[_random.Next(3)] + _random.Next(99);

    private string NextText() => new[] { "", "Ana", "é\"\\\n", "한국어", "እ", "😀", "null", "[,]", "<b>&" }[_random.Next(9)];

    private Guid NextGuid()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return new(bytes);
    }

    private DateTimeOffset NextTime() => DateTimeOffset.UnixEpoch.AddMilliseconds(_random.NextInt64(4_000_000_000_000));

    private T[] NextList<T>(Func<T> next) => [.. Enumerable.Range(0, _random.Next(3)).Select(_ => next())];

    private T? Maybe<T>(T value) where T : struct => Chance() ? value : null;

    private bool Chance() => _random.Next(2) == 0;
}
