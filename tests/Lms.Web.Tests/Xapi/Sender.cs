using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lms.Web.Features.Network;
using Lms.Web.Features.Xapi.Counting;
using Lms.Web.Features.Xapi.Credentials;
using Lms.Web.Features.Xapi.Store;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Xapi;

/// <summary>A system that sends statements to the site with a credential of a centre, the hub's unless another is named.</summary>
internal sealed class Sender : IDisposable
{
    public const string Completed = "http://adlnet.gov/expapi/verbs/completed";
    public const string Answered = "http://adlnet.gov/expapi/verbs/answered";
    public const string VoidedVerb = "http://adlnet.gov/expapi/verbs/voided";

    private readonly HttpClient _client;

    private Sender(HttpClient client) => _client = client;

    public static async Task<Sender> OfAsync(TestSite site, Guid? centre = null)
    {
        var (key, secret) = await site.RunAsync(async services =>
        {
            var hub = await services.GetRequiredService<Lms.Web.Data.LmsDbContext>().Centres.Where(c => c.Kind == CentreKind.Hub).Select(c => c.Id).FirstAsync();
            var (credential, secret, _) = await services.GetRequiredService<LrsCredentials>().CreateAsync($"tests {Guid.NewGuid():N}", centre ?? hub, ["all"], default);
            return (credential!.Key, secret);
        });
        var client = new HttpClient { BaseAddress = site.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{key}:{secret}")));
        client.DefaultRequestHeaders.Add("X-Experience-API-Version", "1.0.3");
        return new Sender(client);
    }

    public HttpClient Http => _client;

    public void Dispose() => _client.Dispose();

    /// <summary>A statement of an agent by mail about an activity.</summary>
    public static JsonObject Statement(string mail, string verb = Completed, string activity = "https://example.org/a", string? name = null, Guid? id = null) => new()
    {
        ["id"] = (id ?? Guid.NewGuid()).ToString(),
        ["actor"] = new JsonObject { ["mbox"] = $"mailto:{mail}", ["name"] = name ?? mail },
        ["verb"] = new JsonObject { ["id"] = verb },
        ["object"] = new JsonObject { ["id"] = activity },
    };

    public static JsonObject Void(Guid target, string mail = "admin@sender.example") => new()
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["actor"] = new JsonObject { ["mbox"] = $"mailto:{mail}" },
        ["verb"] = new JsonObject { ["id"] = VoidedVerb },
        ["object"] = new JsonObject { ["objectType"] = "StatementRef", ["id"] = target.ToString() },
    };

    public async Task<Guid> SendAsync(JsonObject statement)
    {
        using var content = new StringContent(statement.ToJsonString(), Encoding.UTF8, "application/json");
        using var reply = await _client.PostAsync(new Uri("/xapi/statements", UriKind.Relative), content);
        Assert.True(reply.StatusCode == HttpStatusCode.OK, await reply.Content.ReadAsStringAsync());
        return Guid.Parse(JsonDocument.Parse(await reply.Content.ReadAsStringAsync()).RootElement[0].GetString()!);
    }

    public async Task<JsonElement> GetAsync(string query)
    {
        using var reply = await _client.GetAsync(new Uri($"/xapi/statements?{query}", UriKind.Relative));
        var text = await reply.Content.ReadAsStringAsync();
        Assert.True(reply.StatusCode == HttpStatusCode.OK, text);
        return JsonDocument.Parse(text).RootElement;
    }

    public async Task<int> CountAsync(string query) => (await GetAsync(query)).GetProperty("statements").GetArrayLength();

    public static string ByMail(string mail) => $"agent={Uri.EscapeDataString($"{{\"mbox\":\"mailto:{mail}\"}}")}";
}

internal static class Counted
{
    /// <summary>Waits until every statement is counted.</summary>
    public static async Task CountAsync(this TestSite site)
    {
        for (var tries = 0; tries < 400; tries++)
        {
            var (last, cursor) = await site.ReadAsync(async db => (
                await db.Statements.MaxAsync(s => (long?)s.Sequence) ?? 0,
                await db.StatementCursors.Where(c => c.Name == StatementCursor.Counts).Select(c => c.Sequence).SingleOrDefaultAsync()));
            if (cursor >= last) return;
            await Task.Delay(50);
        }
        Assert.Fail("The statements are still not counted after twenty seconds.");
    }

    /// <summary>What is counted of an activity, in the whole network or at a centre.</summary>
    public static Task<long> OfAsync(TestSite site, string activity, Guid? centre = null) => site.ReadAsync(async db =>
    {
        var of = centre ?? StatementCount.Network;
        var id = await db.XapiActivities.Where(a => a.Name == activity).Select(a => a.Id).SingleAsync();
        return await db.StatementCounts.Where(c => c.ActivityId == id && c.CentreId == of).SumAsync(c => c.Statements);
    });

    public static Task<long> AgentAsync(TestSite site, string key) => site.ReadAsync(db => db.XapiAgents.Where(a => a.Name == key).Select(a => a.Id).SingleAsync());
}
