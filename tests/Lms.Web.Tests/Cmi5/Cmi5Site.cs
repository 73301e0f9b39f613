using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Lms.Web.Tests.Support;
using Lms.Web.Tests.Xapi;

namespace Lms.Web.Tests.Cmi5;

/// <summary>A site with a system that imports and launches by the HTTP API and reads the record store.</summary>
public sealed class Cmi5Site : IAsyncLifetime
{
    public TestSite Site { get; } = LrsSite.NewSite();
    public Lrs Lrs { get; private set; } = null!;
    internal HttpClient Api { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Site.InitializeAsync();
        Lrs = new Lrs(Site.Address, "1.0.3");
        Api = new HttpClient { BaseAddress = new Uri(Site.Address, "/api/v1/") };
        Api.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Lrs.Key}:{Lrs.Secret}")));
    }

    public async ValueTask DisposeAsync()
    {
        Lrs.Dispose();
        Api.Dispose();
        await Site.DisposeAsync();
    }

    /// <summary>Imports a course of units whose content is elsewhere.</summary>
    internal async Task<JsonNode> ImportAsync(string xml) => await ImportAsync(Encoding.UTF8.GetBytes(xml), "text/xml");

    internal async Task<JsonNode> ImportAsync(byte[] upload, string type)
    {
        using var content = new ByteArrayContent(upload) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        using var reply = await Api.PostAsync(new Uri("packages", UriKind.Relative), content);
        var text = await reply.Content.ReadAsStringAsync();
        Assert.True(reply.StatusCode == HttpStatusCode.Created, text);
        return JsonNode.Parse(text)!;
    }

    internal async Task<(HttpStatusCode Status, JsonNode? Body)> PostAsync(string path, object body)
    {
        using var reply = await Api.PostAsync(new Uri(path, UriKind.Relative), Lrs.Json(System.Text.Json.JsonSerializer.Serialize(body)));
        var text = await reply.Content.ReadAsStringAsync();
        return (reply.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    internal async Task<JsonNode> ReportAsync(Guid registration) => JsonNode.Parse(await Api.GetStringAsync(new Uri($"registrations/{registration}", UriKind.Relative)))!;

    /// <summary>Launches as another system does and follows the address as its learner's browser does.</summary>
    internal async Task<AuByHand> LaunchAsync(JsonNode package, int unit = 0, Guid? registration = null, string? mode = null, string? returnUrl = null, string learner = "7")
    {
        var (status, body) = await PostAsync($"packages/{package["id"]}/launch", new
        {
            actor = new { account = new { homePage = "https://hr.example.org", name = learner } },
            activityIndex = unit,
            registration,
            mode,
            returnUrl,
        });
        Assert.True(status == HttpStatusCode.OK, body?.ToString());
        using var visitor = Site.Visitor();
        using var opened = await visitor.GetAsync((string)body!["url"]!);
        Assert.Equal(HttpStatusCode.Redirect, opened.StatusCode);
        return new AuByHand(Site.Address, opened.Headers.Location!);
    }

    /// <summary>The verbs of a registration's statements, by their last words, in the order in which they were stored.</summary>
    internal async Task<string> VerbsAsync(Guid registration) =>
        string.Join(' ', (await StatementsAsync(registration)).Select(s => ((string)s["verb"]!["id"]!).Split('/')[^1]));

    internal async Task<List<JsonNode>> StatementsAsync(Guid registration) =>
        [.. (await Lrs.GetAsync($"statements?ascending=true&registration={registration}")).Expect(200).Node["statements"]!.AsArray().Select(s => s!)];
}

[CollectionDefinition]
public sealed class Cmi5Collection : ICollectionFixture<Cmi5Site>;
