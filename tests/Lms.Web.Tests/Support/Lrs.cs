using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Lms.Web.Tests.Support;

/// <summary>A system that talks to the record store: a credential, and the version of xAPI that it speaks.</summary>
public sealed class Lrs : IDisposable
{
    public const string Key = "key";
    public const string Secret = "secret-for-the-tests";

    private readonly HttpClient _http;

    public Lrs(Uri address, string version, string key = Key, string secret = Secret)
    {
        Version = version;
        _http = new HttpClient { BaseAddress = new Uri(address, "/xapi/"), Timeout = TimeSpan.FromMinutes(3) };
        _http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{key}:{secret}")));
        _http.DefaultRequestHeaders.Add("X-Experience-API-Version", version);
    }

    public string Version { get; }
    public bool Is2 => Version.StartsWith('2');

    public void Dispose() => _http.Dispose();

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
        using var response = await _http.SendAsync(request);
        return new Reply((int)response.StatusCode, response.Headers, response.Content.Headers, await response.Content.ReadAsByteArrayAsync());
    }

    public Task<Reply> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Reply> PostAsync(string path, string json, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, Json(json), headers);

    public Task<Reply> PutAsync(string path, string json, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Put, path, Json(json), headers);

    public Task<Reply> DeleteAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Delete, path, null, headers);

    /// <summary>Posts one statement or an array of them, which must be stored, and returns the ids.</summary>
    public async Task<string[]> StoreAsync(JsonNode statements) =>
        [.. (await PostAsync("statements", statements.ToJsonString())).Expect(200).Node.AsArray().Select(id => (string)id!)];

    public async Task<string> StoreOneAsync(JsonNode statement) => Assert.Single(await StoreAsync(statement));

    /// <summary>The one statement of that id.</summary>
    public async Task<JsonObject> StatementAsync(string id, string parameter = "statementId") =>
        (await GetAsync($"statements?{parameter}={id}")).Expect(200).Node.AsObject();

    /// <summary>The ids of the statements that a query finds on its first page.</summary>
    public async Task<string[]> FindAsync(params (string Name, string? Value)[] query) => (await GetAsync(At("statements", query))).Expect(200).Ids;
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
