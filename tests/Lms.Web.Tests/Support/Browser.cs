using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Lms.Web.Tests.Support;

/// <summary>A browser without scripts: it keeps cookies, reads pages and submits their forms as they are.</summary>
public sealed class Browser(Uri address, Func<HttpMessageHandler, HttpMessageHandler>? way = null) : IDisposable
{
    private static readonly HtmlParser Parser = new();
    private readonly HttpClient _client = Client(address, way);

    public Guid PersonId { get; set; }
    public HttpClient Http => _client;

    public void Dispose() => _client.Dispose();

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));

    /// <param name="address">Where the site is.</param>
    /// <param name="way">What the requests go through on their way.</param>
    private static HttpClient Client(Uri address, Func<HttpMessageHandler, HttpMessageHandler>? way)
    {
        var handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer(), UseCookies = true };
        return new HttpClient(way?.Invoke(handler) ?? handler) { BaseAddress = address };
    }

    /// <summary>The page at the path, which must answer 200; a site that can't answer is as good as none.</summary>
    public async Task<IHtmlDocument> PageAsync(string path)
    {
        using var reply = await GetAsync(path);
        var html = await reply.Content.ReadAsStringAsync();
        if (reply.StatusCode >= HttpStatusCode.InternalServerError) throw new HttpRequestException($"GET {path} answered {(int)reply.StatusCode}\n{html}");
        Assert.True(reply.StatusCode == HttpStatusCode.OK, $"GET {path} answered {(int)reply.StatusCode} {reply.Headers.Location}\n{html}");
        return await Parser.ParseDocumentAsync(html);
    }

    /// <summary>
    /// Opens a page and posts its form with the fields changed; the form is the one whose action ends with <paramref name="action"/>,
    /// else the first in <c>main</c>.
    /// </summary>
    public async Task<HttpResponseMessage> SubmitAsync(string path, Dictionary<string, string>? fields = null, string? action = null)
    {
        var page = await PageAsync(path);
        var forms = page.QuerySelectorAll("main form").OfType<IHtmlFormElement>().ToList();
        var form = action is null ? forms.FirstOrDefault() : forms.Find(f => (f.GetAttribute("action") ?? "").EndsWith(action, StringComparison.Ordinal));
        Assert.True(form is not null, $"{path} has no form {action}; it has: {string.Join(", ", forms.Select(f => f.GetAttribute("action")))}");
        var values = new List<KeyValuePair<string, string>>();
        foreach (var input in form.QuerySelectorAll("input[name]").OfType<IHtmlInputElement>())
        {
            if (input.Type is "radio" or "checkbox" && !input.IsChecked) continue;
            if (fields?.ContainsKey(input.Name!) != true) values.Add(new(input.Name!, input.Value));
        }
        foreach (var select in form.QuerySelectorAll("select[name]").OfType<IHtmlSelectElement>())
            if (fields?.ContainsKey(select.Name!) != true) values.Add(new(select.Name!, select.Value ?? ""));
        foreach (var area in form.QuerySelectorAll("textarea[name]").OfType<IHtmlTextAreaElement>())
            if (fields?.ContainsKey(area.Name!) != true) values.Add(new(area.Name!, area.Value));
        values.AddRange(fields ?? []);
        var target = form.GetAttribute("action") is { Length: > 0 } to ? to : path;
        return await PostAsync(target, values);
    }

    public async Task<HttpResponseMessage> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await _client.PostAsync(new Uri(path, UriKind.RelativeOrAbsolute), content);
    }
}
