using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Cmi5;

/// <summary>A unit, played by hand: it knows what its address told it, as any unit does.</summary>
internal sealed class AuByHand(Uri site, Uri address) : IDisposable
{
    public const string SessionExtension = "https://w3id.org/xapi/cmi5/context/extensions/sessionid";
    public const string MasteryExtension = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore";
    private const string Category = "https://w3id.org/xapi/cmi5/context/categories/";
    private readonly System.Collections.Specialized.NameValueCollection _query = HttpUtility.ParseQueryString(address.Query);
    private Lrs? _lrs;

    public Uri Address => address;
    public string Fetch => _query["fetch"]!;
    public string Actor => _query["actor"]!;
    public Guid Registration => Guid.Parse(_query["registration"]!);
    public string ActivityId => _query["activityId"]!;
    public string Endpoint => _query["endpoint"]!;
    public JsonNode Data { get; private set; } = null!;
    public string Session => (string)Data["contextTemplate"]!["extensions"]![SessionExtension]!;
    public Lrs Lrs => _lrs!;

    public string? this[string parameter] => _query[parameter];

    public void Dispose() => _lrs?.Dispose();

    public async Task<(int Status, JsonNode Body, string? Type)> PostFetchAsync()
    {
        using var http = new HttpClient();
        using var reply = await http.PostAsync(new Uri(Fetch), null);
        return ((int)reply.StatusCode, JsonNode.Parse(await reply.Content.ReadAsStringAsync())!, reply.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>Gets the token, and nothing else.</summary>
    public async Task<AuByHand> FetchTokenAsync()
    {
        var (_, body, _) = await PostFetchAsync();
        Use(Encoding.ASCII.GetString(Convert.FromBase64String((string)body["auth-token"]!)));
        return this;
    }

    public void Use(string token)
    {
        var parts = token.Split(':');
        _lrs = new Lrs(site, "1.0.3", parts[0], parts[1]);
    }

    /// <summary>Up to “initialized”, as every unit begins.</summary>
    public async Task<AuByHand> BeginAsync()
    {
        await FetchTokenAsync();
        Data = (await Lrs.GetAsync(State("LMS.LaunchData"))).Expect(200).Node;
        await ReadPreferencesAsync();
        (await SayAsync("initialized")).Expect(204);
        return this;
    }

    public Task<Reply> ReadPreferencesAsync() => Lrs.GetAsync(Preferences);

    public string State(string id, string? agent = null, string? activity = null, Guid? registration = null) => Lrs.At("activities/state",
        ("activityId", activity ?? ActivityId), ("agent", agent ?? Actor), ("registration", (registration ?? Registration).ToString()), ("stateId", id));

    public string Preferences => Lrs.At("agents/profile", ("agent", Actor), ("profileId", "cmi5LearnerPreferences"));

    /// <summary>A statement as cmi5 defines it, from the context template.</summary>
    public JsonObject Of(string verb, double? scaled = null)
    {
        var judged = verb is "completed" or "passed" or "failed";
        var statement = Allowed(verb);
        var category = new JsonArray(new JsonObject { ["id"] = Category + "cmi5" });
        if (judged) category.Add(new JsonObject { ["id"] = Category + "moveon" });
        statement["context"]!["contextActivities"]!["category"] = category;
        if (verb == "initialized") return statement;
        var result = new JsonObject { ["duration"] = "PT5S" };
        if (verb == "completed") result["completion"] = true;
        if (verb is "passed" or "failed") result["success"] = verb == "passed";
        if (scaled is { } score)
        {
            result["score"] = new JsonObject { ["scaled"] = score };
            if (Data["masteryScore"] is { } mastery) statement["context"]!["extensions"]![MasteryExtension] = mastery.DeepClone();
        }
        statement["result"] = result;
        return statement;
    }

    /// <summary>A statement that cmi5 allows.</summary>
    public JsonObject Allowed(string verb) => new()
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["timestamp"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
        ["actor"] = JsonNode.Parse(Actor),
        ["verb"] = new JsonObject { ["id"] = "http://adlnet.gov/expapi/verbs/" + verb },
        ["object"] = new JsonObject { ["id"] = ActivityId },
        ["context"] = Data["contextTemplate"]!.DeepClone(),
    };

    public Task<Reply> SayAsync(string verb, double? scaled = null) => SendAsync(Of(verb, scaled));

    public Task<Reply> SendAsync(JsonObject statement) => Lrs.PutAsync($"statements?statementId={statement["id"]}", statement.ToJsonString());

    /// <summary>The requirement that the answer names.</summary>
    public static string? Breach(Reply reply) => (string?)reply.Expect(403).Node["findings"]![0]!["requirement"];
}
