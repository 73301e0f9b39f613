using System.Net;
using System.Text;
using System.Text.Json;
using Lms.Web.Features.Network;
using Lms.Web.Features.Xapi.Credentials;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Xapi;

/// <summary>A system that uses the record store and the HTTP API with a credential of its own.</summary>
internal sealed class LrsSystem : IDisposable
{
    private LrsSystem(Uri address, Guid id, Guid centreId, string key, string secret)
    {
        (Id, CentreId, Key, Secret) = (id, centreId, key, secret);
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(3) };
        Http.DefaultRequestHeaders.Authorization = new("Basic", Basic(key, secret));
        Http.DefaultRequestHeaders.Add("X-Experience-API-Version", "1.0.3");
    }

    public Guid Id { get; }
    public Guid CentreId { get; }
    public string Key { get; }
    public string Secret { get; }
    public HttpClient Http { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A new system of the hub, or of a centre.</summary>
    public static async Task<LrsSystem> AddAsync(TestSite site, Guid? centre, params string[] scopes)
    {
        var centreId = centre ?? await HubAsync(site);
        var (credential, secret, problems) = await site.RunAsync(s => s.GetRequiredService<LrsCredentials>().CreateAsync($"System {Guid.NewGuid():N}", centreId, scopes, Ct));
        Assert.Empty(problems);
        return new LrsSystem(site.Address, credential!.Id, centreId, credential.Key, secret);
    }

    public static Task<Guid> HubAsync(TestSite site) => site.ReadAsync(db => db.Centres.Where(c => c.Kind == CentreKind.Hub).Select(c => c.Id).FirstAsync());

    public static string Basic(string key, string secret) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{key}:{secret}"));

    public async Task<HttpResponseMessage> SendAsync(string method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
    }

    public async Task<HttpStatusCode> StatusAsync(string method, string path, string? json = null)
    {
        using var reply = await SendAsync(method, path, json);
        return reply.StatusCode;
    }

    public async Task<string> TextAsync(string path)
    {
        using var reply = await SendAsync("GET", path);
        var text = await reply.Content.ReadAsStringAsync(Ct);
        Assert.True(reply.IsSuccessStatusCode, $"GET {path} answered {(int)reply.StatusCode}: {text}");
        return text;
    }

    public async Task<JsonElement> JsonAsync(string path) => JsonSerializer.Deserialize<JsonElement>(await TextAsync(path));

    /// <summary>Stores statements, and returns their ids.</summary>
    public async Task<List<Guid>> StoreAsync(params IEnumerable<string> statements)
    {
        using var reply = await SendAsync("POST", "/xapi/statements", $"[{string.Join(',', statements)}]");
        var text = await reply.Content.ReadAsStringAsync(Ct);
        Assert.True(reply.StatusCode == HttpStatusCode.OK, text);
        return JsonSerializer.Deserialize<List<Guid>>(text)!;
    }

    /// <summary>The ids of the statements that a query finds, on all its pages.</summary>
    public async Task<List<Guid>> FindAsync(string query = "")
    {
        var found = new List<Guid>();
        for (var path = $"/xapi/statements?{query}"; path.Length > 0;)
        {
            var page = await JsonAsync(path);
            found.AddRange(page.GetProperty("statements").EnumerateArray().Select(s => s.GetProperty("id").GetGuid()));
            path = page.GetProperty("more").GetString()!;
        }
        return found;
    }

    public void Dispose() => Http.Dispose();
}

/// <summary>Statements for tests.</summary>
internal static class Statements
{
    public const string Actor = """{"mbox":"mailto:ana@example.org","name":"Ana"}""";

    /// <summary>A statement about an activity.</summary>
    public static string Of(string activity, string verb = "http://example.org/verbs/did", string actor = Actor, string more = "") =>
        $$"""{"actor":{{actor}},"verb":{"id":"{{verb}}"},"object":{"id":"{{activity}}"}{{more}}}""";

    public static string Voiding(Guid target) => Referring(target, "http://adlnet.gov/expapi/verbs/voided");

    /// <summary>A statement about another one.</summary>
    public static string Referring(Guid target, string verb = "http://example.org/verbs/commented") =>
        $$$"""{"actor":{{{Actor}}},"verb":{"id":"{{{verb}}}"},"object":{"objectType":"StatementRef","id":"{{{target}}}"}}""";

    /// <summary>An activity that no other test uses.</summary>
    public static string NewActivity() => $"http://example.org/activities/{Guid.NewGuid():N}";
}
