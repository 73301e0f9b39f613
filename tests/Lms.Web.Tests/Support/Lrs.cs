using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lms.Web.Features.Network;
using Lms.Web.Features.Xapi.Credentials;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Support;

/// <summary>A system that talks to the record store and the HTTP API: a credential, and the version of xAPI that it speaks.</summary>
public sealed class Lrs : IDisposable
{
    /// <summary>The credential of a site that was set up with one.</summary>
    public const string SiteKey = "key", SiteSecret = "secret-for-the-tests";

    public Lrs(Uri address, string version = "1.0.3", string key = SiteKey, string secret = SiteSecret)
    {
        (Version, Key, Secret) = (version, key, secret);
        Http = new HttpClient { BaseAddress = new Uri(address, "/xapi/"), Timeout = TimeSpan.FromMinutes(3) };
        Http.DefaultRequestHeaders.Authorization = new("Basic", Basic(key, secret));
        Http.DefaultRequestHeaders.Add("X-Experience-API-Version", version);
    }

    /// <summary>The credential's id and centre, where the test made it.</summary>
    public Guid Id { get; private init; }
    public Guid CentreId { get; private init; }
    public string Key { get; }
    public string Secret { get; }
    public HttpClient Http { get; }
    public string Version { get; }
    public bool Is2 => Version.StartsWith('2');

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Http.Dispose();

    /// <summary>A new system of the hub, or of a centre, with the scopes, or with every one.</summary>
    public static async Task<Lrs> AddAsync(TestSite site, Guid? centre = null, params string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(site);
        var centreId = centre ?? await HubAsync(site);
        var (credential, secret, problems) = await site.RunAsync(s => s.GetRequiredService<LrsCredentials>().CreateAsync($"System {Guid.NewGuid():N}", centreId, scopes is [] ? ["all"] : scopes, Ct));
        Assert.Empty(problems);
        return new Lrs(site.Address, key: credential!.Key, secret: secret) { Id = credential.Id, CentreId = centreId };
    }

    public static Task<Guid> HubAsync(TestSite site) => site.ReadAsync(db => db.Centres.Where(c => c.Kind == CentreKind.Hub).Select(c => c.Id).FirstAsync());

    public static string Basic(string key, string secret) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{key}:{secret}"));

    /// <summary>An address below <c>/xapi/</c> with its parameters escaped; those without a value are left out.</summary>
    public static string At(string path, params IEnumerable<(string Name, string? Value)> parameters) =>
        path + string.Concat(parameters.Where(p => p.Value is not null).Select((p, i) => $"{(i == 0 ? '?' : '&')}{p.Name}={Uri.EscapeDataString(p.Value!)}"));

    public static HttpContent Json(string json) => Bytes(Encoding.UTF8.GetBytes(json), "application/json");

    public static HttpContent Bytes(byte[] bytes, string? type)
    {
        var content = new ByteArrayContent(bytes);
        if (type is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }

    public async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }
        using var response = await Http.SendAsync(request);
        return new Reply((int)response.StatusCode, response.Headers, response.Content.Headers, await response.Content.ReadAsByteArrayAsync());
    }

    public Task<Reply> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Reply> PostAsync(string path, string json, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, Json(json), headers);

    public Task<Reply> PutAsync(string path, string json, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Put, path, Json(json), headers);

    public Task<Reply> DeleteAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Delete, path, null, headers);

    /// <summary>Sends a request and returns when the answer begins.</summary>
    public async Task<HttpResponseMessage> OpenAsync(string method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (json is not null) request.Content = Json(json);
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
    }

    public async Task<HttpStatusCode> StatusAsync(string method, string path, string? json = null)
    {
        using var reply = await OpenAsync(method, path, json);
        return reply.StatusCode;
    }

    public async Task<string> TextAsync(string path) => (await GetAsync(path)).Expect(200).Text;

    public async Task<JsonElement> JsonAsync(string path) => JsonSerializer.Deserialize<JsonElement>(await TextAsync(path));

    /// <summary>Stores a statement that has an id, and returns it.</summary>
    public async Task<Guid> SendAsync(JsonObject statement) => Guid.Parse(await StoreOneAsync(statement));

    /// <summary>Stores statements as they are written, and returns their ids.</summary>
    public async Task<List<Guid>> StoreAsync(params IEnumerable<string> statements) =>
        JsonSerializer.Deserialize<List<Guid>>((await PostAsync("statements", $"[{string.Join(',', statements)}]")).Expect(200).Body)!;

    /// <summary>Posts one statement or an array of them, which must be stored, and returns the ids.</summary>
    public async Task<string[]> StoreAsync(JsonNode statements) =>
        [.. (await PostAsync("statements", statements.ToJsonString())).Expect(200).Node.AsArray().Select(id => (string)id!)];

    public async Task<string> StoreOneAsync(JsonNode statement) => Assert.Single(await StoreAsync(statement));

    /// <summary>The one statement of that id.</summary>
    public async Task<JsonObject> StatementAsync(string id, string parameter = "statementId") =>
        (await GetAsync($"statements?{parameter}={id}")).Expect(200).Node.AsObject();

    /// <summary>The ids of the statements that a query finds on its first page.</summary>
    public async Task<string[]> FindAsync(params (string Name, string? Value)[] query) => (await GetAsync(At("statements", query))).Expect(200).Ids;

    /// <summary>The first page of what a query finds, or one statement.</summary>
    public Task<JsonElement> QueryAsync(string query) => JsonAsync($"statements?{query}");

    public async Task<int> CountAsync(string query) => (await QueryAsync(query)).GetProperty("statements").GetArrayLength();

    /// <summary>The ids of the statements that a query finds, on all its pages.</summary>
    public async Task<List<Guid>> FindAllAsync(string query = "")
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
}

/// <summary>What the record store answered.</summary>
public sealed record Reply(int Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);
    public JsonNode Node => JsonNode.Parse(Body)!;
    public string? ContentType => ContentHeaders.ContentType?.ToString();
    public string? ETag => Headers.ETag?.ToString();

    /// <summary>The ids of a statement result, in its order.</summary>
    public string[] Ids => [.. Node["statements"]!.AsArray().Select(s => (string)s!["id"]!)];

    public string? Header(string name) => Headers.TryGetValues(name, out var values) || ContentHeaders.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    public Reply Expect(int status)
    {
        Assert.True(Status == status, $"{Status} instead of {status}: {Text[..Math.Min(Text.Length, 800)]}");
        return this;
    }
}
