using System.Net;
using AngleSharp.Html.Parser;

namespace Lms.Benchmarks;

/// <summary>Somebody who signs in and reads pages.</summary>
internal sealed class Visitor : IDisposable
{
    private static readonly HtmlParser Parser = new();

    public Visitor(Uri address) => Http = new HttpClient(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        CookieContainer = new CookieContainer(),
        MaxConnectionsPerServer = 64,
    })
    { BaseAddress = address };

    public HttpClient Http { get; }

    public static async Task<Visitor> SignedInAsync(Uri address, string email)
    {
        var visitor = new Visitor(address);
        var reply = await visitor.PostAsync("/account/sign-in", "/account/sign-in", new() { ["Input.Email"] = email, ["Input.Password"] = Seed.Password });
        return reply == HttpStatusCode.Redirect ? visitor : throw new InvalidOperationException($"Signing in answered {reply}.");
    }

    /// <summary>Posts to an address with the form token of a page.</summary>
    public async Task<HttpStatusCode> PostAsync(string page, string target, Dictionary<string, string> fields)
    {
        using var document = Parser.ParseDocument(await Http.GetStringAsync(new Uri(page, UriKind.Relative)));
        fields["__RequestVerificationToken"] = document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var content = new FormUrlEncodedContent(fields);
        using var reply = await Http.PostAsync(new Uri(target, UriKind.Relative), content);
        return reply.StatusCode;
    }

    /// <summary>Reads the page as a phone does, compressed, and returns its bytes and their encoding.</summary>
    public async Task<(byte[] Bytes, string Encoding)> GetCompressedAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.ParseAdd("br");
        using var reply = await Http.SendAsync(request);
        reply.EnsureSuccessStatusCode();
        return (await reply.Content.ReadAsByteArrayAsync(), string.Concat(reply.Content.Headers.ContentEncoding));
    }

    public void Dispose() => Http.Dispose();
}
