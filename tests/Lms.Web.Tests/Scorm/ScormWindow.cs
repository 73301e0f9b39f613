using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Lms.Web.Tests.Packages;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Scorm;

/// <summary>A learner's window, worked by hand: it opens and commits as the player's script does.</summary>
internal sealed class ScormWindow : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _host;
    private readonly string _path;
    private int _sequence;

    private ScormWindow(TestSite site, Guid registration, string token, Uri source)
    {
        (Registration, Token, _host, _path) = (registration, token, source.Authority, source.AbsolutePath);
        _http = new HttpClient { BaseAddress = site.Address };
    }

    public Guid Registration { get; }
    public string Token { get; set; }
    public int Session { get; private set; }
    public int Delivery { get; private set; }
    public JsonElement Last { get; private set; }

    /// <summary>The address of the page that holds the API object.</summary>
    public string Path => _path;

    public static async Task<ScormWindow> LaunchAsync(TestSite site, Keeper keeper, Guid package, string learner, Guid? registration = null, string more = "")
    {
        var wish = $$"""{"actor":{"account":{"homePage":"https://hr.example.org","name":"{{learner}}"},"name":"Ana Lima"}{{(registration is null ? "" : $",\"registration\":\"{registration}\"")}}{{more}}}""";
        var (status, launched) = await keeper.SendAsync(HttpMethod.Post, $"/api/v1/packages/{package}/launch", new StringContent(wish, Encoding.UTF8, "application/json"));
        Assert.True(status == HttpStatusCode.OK, launched.ToString());
        using var visitor = site.Visitor();
        using var used = await visitor.GetAsync(new Uri(launched.GetProperty("url").GetString()!).PathAndQuery);
        var page = await visitor.PageAsync(used.Headers.Location!.OriginalString);
        var source = new Uri(page.QuerySelector("#stage")!.GetAttribute("data-src")!);
        return new ScormWindow(site, launched.GetProperty("registration").GetGuid(), page.Body!.GetAttribute("data-token")!, source);
    }

    public static async Task<ScormWindow> OpenedAsync(TestSite site, Keeper keeper, Guid package, string learner, Guid? registration = null, string more = "")
    {
        var window = await LaunchAsync(site, keeper, package, learner, registration, more);
        Assert.Equal(HttpStatusCode.OK, await window.OpenAsync());
        return window;
    }

    public Task<HttpStatusCode> OpenAsync(string start = "auto") => SendAsync("open", new { start });

    /// <summary>Commits what was set, in the order of the pairs.</summary>
    public Task<HttpStatusCode> CommitAsync(string? wish = null, string? request = null, string? target = null, bool initialized = false, bool terminated = false, params (string Path, string Value)[] changes) =>
        SendAsync("commit", new { commits = new[] { Message(++_sequence, wish, request, target, initialized, terminated, changes) } });

    public object Message(int sequence, string? wish = null, string? request = null, string? target = null, bool initialized = false, bool terminated = false, params (string Path, string Value)[] changes) => new
    {
        session = Session,
        sequence,
        delivery = Delivery,
        at = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
        changes = changes.ToDictionary(c => c.Path, c => c.Value),
        calls = changes.Select(c => new object[] { 1, "SetValue", c.Path, c.Value, "true", 0 }),
        wish,
        request,
        target,
        initialized,
        terminated,
    };

    public async Task<HttpStatusCode> SendAsync(string path, object body, bool json = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_path + path, UriKind.Relative))
        {
            Content = json ? JsonContent.Create(body) : new StringContent((string)body, Encoding.UTF8, "text/plain"),
        };
        request.Headers.Host = _host;
        request.Headers.Add("X-Attempt", Token);
        using var reply = await _http.SendAsync(request);
        if (reply.StatusCode == HttpStatusCode.OK) Hear(JsonDocument.Parse(await reply.Content.ReadAsStringAsync()).RootElement);
        return reply.StatusCode;
    }

    /// <summary>Reads something of the package's origin.</summary>
    public async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Host = _host;
        return await _http.SendAsync(request);
    }

    /// <summary>What the content finds.</summary>
    public string? Value(string element) =>
        Last.GetProperty("delivery").GetProperty("values").TryGetProperty(element, out var value) ? value.GetString() : null;

    public string? Activity => Last.TryGetProperty("activity", out var activity) ? activity.GetString() : null;
    public string? Ended => Last.TryGetProperty("ended", out var ended) ? ended.GetString() : null;

    public void Dispose() => _http.Dispose();

    private void Hear(JsonElement reply)
    {
        Last = reply;
        if (reply.GetProperty("session").GetInt32() is var session && session != Session) (Session, _sequence) = (session, 0);
        if (reply.TryGetProperty("delivery", out var delivery)) Delivery = delivery.GetProperty("number").GetInt32();
    }
}
