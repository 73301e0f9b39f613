using System.Net;
using System.Net.Http.Headers;
using Lms.Standards.Tests.Packages;
using Lms.Web.Features.Packages;
using Lms.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Packages;

/// <summary>The packages' own origins: what is to be had there, and that nothing else is.</summary>
public sealed class OriginTests(TestSite site) : IClassFixture<TestSite>
{
    private const string Page = "<!doctype html><title>Page</title>";

    [Fact]
    public async Task A_file_is_served_by_its_path_with_its_type_and_without_a_cookie()
    {
        var (version, token) = await ImportedAsync();
        using var reply = await GetAsync(version, $"/{token}/wash/index.html?a=1");
        Assert.Equal((HttpStatusCode.OK, "text/html"), (reply.StatusCode, reply.Content.Headers.ContentType!.ToString()));
        Assert.False(reply.Headers.Contains("Set-Cookie"));
        Assert.Equal("nosniff", Assert.Single(reply.Headers.GetValues("X-Content-Type-Options")));
        var policy = Assert.Single(reply.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("sandbox allow-scripts", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("allow-top-navigation", policy, StringComparison.Ordinal);
        Assert.Contains($"frame-ancestors 'self' http://localhost:5080 http://localhost:{site.Address.Port}", policy, StringComparison.Ordinal);
        Assert.NotEmpty(reply.Headers.ETag!.Tag);
    }

    [Theory]
    [InlineData("WASH/Index.HTML", HttpStatusCode.OK)]
    [InlineData("wash%2Findex.html", HttpStatusCode.OK)]
    [InlineData("wash%5Cindex.html", HttpStatusCode.OK)]
    [InlineData("%D8%AF%D8%B1%D8%B3%20%D9%A1.html", HttpStatusCode.OK)]
    [InlineData("100%25.html", HttpStatusCode.OK)]
    [InlineData("a%20b.html", HttpStatusCode.OK)]
    [InlineData("wash/../read.html", HttpStatusCode.OK)]
    [InlineData("wash", HttpStatusCode.NotFound)]
    [InlineData("none.html", HttpStatusCode.NotFound)]
    [InlineData("", HttpStatusCode.NotFound)]
    [InlineData("..%2F..%2Fseedlot.db", HttpStatusCode.NotFound)]
    [InlineData("..%5C..%5Cseedlot.db", HttpStatusCode.NotFound)]
    [InlineData("%2e%2e/%2e%2e/health/live", HttpStatusCode.NotFound)]
    [InlineData("/etc/passwd", HttpStatusCode.NotFound)]
    [InlineData("_player/", HttpStatusCode.NotFound)]
    public async Task A_path_finds_its_file_and_no_other(string path, HttpStatusCode expected)
    {
        var (version, token) = await ImportedAsync();
        using var reply = await GetAsync(version, $"/{token}/{path}");
        Assert.Equal(expected, reply.StatusCode);
    }

    [Fact]
    public async Task Parts_of_a_file_and_what_a_browser_has_already_cost_little()
    {
        var (version, token) = await ImportedAsync();
        using var part = await GetAsync(version, $"/{token}/film.mp4", request => request.Headers.Range = new RangeHeaderValue(10, 19));
        Assert.Equal((HttpStatusCode.PartialContent, 10L, "video/mp4"), (part.StatusCode, part.Content.Headers.ContentLength!.Value, part.Content.Headers.ContentType!.ToString()));
        using var whole = await GetAsync(version, $"/{token}/film.mp4");
        using var again = await GetAsync(version, $"/{token}/film.mp4", request => request.Headers.IfNoneMatch.Add(whole.Headers.ETag!));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        using var head = await GetAsync(version, $"/{token}/film.mp4", request => request.Method = HttpMethod.Head);
        Assert.Equal((HttpStatusCode.OK, 1000L), (head.StatusCode, head.Content.Headers.ContentLength!.Value));
        using var post = await GetAsync(version, $"/{token}/film.mp4", request => request.Method = HttpMethod.Post);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
    }

    [Fact]
    public async Task Another_packages_token_a_forged_one_and_an_old_one_open_nothing()
    {
        var (version, token) = await ImportedAsync();
        var (other, others) = await ImportedAsync();
        foreach (var wrong in new[] { others, token[..^1] + (token[^1] == 'A' ? 'B' : 'A'), "x", new string('A', 48), "%20" })
        {
            using var reply = await GetAsync(version, $"/{wrong}/read.html");
            Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        }
        using var elsewhere = await GetAsync(other, $"/{token}/read.html");
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
    }

    [Fact]
    public async Task Nothing_of_the_site_is_there_and_no_package_is_on_the_site()
    {
        var (version, token) = await ImportedAsync();
        using var admin = await site.SignInAsync("admin@example.org");
        foreach (var path in new[] { "/", "/courses/hygiene", "/account/sign-in", "/site.css", "/health/live", "/api/v1/courses/", "/xapi/about", "/admin/people", $"/{token}" })
        {
            using var reply = await GetAsync(version, path, client: admin.Http);
            Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
            Assert.False(reply.Headers.Contains("Set-Cookie"));
        }
        foreach (var host in new[] { "packages.localhost", "x.packages.localhost", "evil.localhost.packages.localhost" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(site.Address, "/health/live")) { Headers = { Host = $"{host}:{site.Address.Port}" } };
            using var reply = await admin.Http.SendAsync(request);
            Assert.Equal(host == "packages.localhost" ? HttpStatusCode.OK : HttpStatusCode.NotFound, reply.StatusCode);
        }
        using var onSite = await admin.GetAsync($"/{token}/read.html");
        Assert.Equal(HttpStatusCode.NotFound, onSite.StatusCode);
    }

    [Fact]
    public async Task A_removed_package_is_served_no_more()
    {
        using var keeper = await Keeper.OfAsync(site);
        var id = await keeper.ImportedAsync(ImportTests.Unique().Build());
        var version = (await keeper.VersionAsync(id)).Id;
        var token = site.Services.GetRequiredService<PackageOrigin>().Token(version, Guid.Empty);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(version, $"/{token}/read.html")).StatusCode);
        await keeper.SendAsync(HttpMethod.Delete, $"/api/v1/packages/{id}");
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(version, $"/{token}/read.html")).StatusCode);
    }

    private async Task<(Guid Version, string Token)> ImportedAsync()
    {
        using var keeper = await Keeper.OfAsync(site);
        var zip = ImportTests.Unique().Add("درس ١.html", Page).Add("100%.html", Page).Add("a%20b.html", Page).Add("film.mp4", new byte[1000], e => e.Method = 0);
        var version = (await keeper.VersionAsync(await keeper.ImportedAsync(zip.Build()))).Id;
        return (version, site.Services.GetRequiredService<PackageOrigin>().Token(version, Guid.Empty));
    }

    private async Task<HttpResponseMessage> GetAsync(Guid version, string path, Action<HttpRequestMessage>? change = null, HttpClient? client = null)
    {
        using var own = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });
        var uri = new Uri($"{site.Address.GetLeftPart(UriPartial.Authority)}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = path.Contains("..", StringComparison.Ordinal) || path.Contains('%', StringComparison.Ordinal) });
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.Host = $"{version:n}.packages.localhost:{site.Address.Port}";
        change?.Invoke(request);
        return await (client ?? own).SendAsync(request);
    }
}
