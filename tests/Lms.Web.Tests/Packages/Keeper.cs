using System.Net;
using System.Text.Json;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Packages;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Packages;

/// <summary>Somebody who keeps packages through the HTTP API.</summary>
internal sealed class Keeper : IDisposable
{
    private readonly TestSite _site;

    private Keeper(TestSite site, HttpClient http) => (_site, Http) = (site, http);

    public HttpClient Http { get; }

    public static async Task<Keeper> OfAsync(TestSite site, Role role = Role.Instructor, Guid? centre = null)
    {
        var person = await site.AddPersonAsync(role, centre);
        var token = await site.RunAsync(async s => (await s.GetRequiredService<ApiTokens>().CreateAsync(person.Id, "packages", 30, default)).Token);
        var http = new HttpClient { BaseAddress = site.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return new Keeper(site, http);
    }

    public void Dispose() => Http.Dispose();

    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        using var reply = await Http.SendAsync(request);
        var text = await reply.Content.ReadAsStringAsync();
        return (reply.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> ImportAsync(byte[] upload, string query = "") =>
        SendAsync(HttpMethod.Post, $"/api/v1/packages{query}", new ByteArrayContent(upload));

    /// <summary>Imports what must be taken, and returns its id.</summary>
    public async Task<Guid> ImportedAsync(byte[] upload, string query = "")
    {
        var (status, body) = await ImportAsync(upload, query);
        Assert.True(status == HttpStatusCode.Created, body.ToString());
        return body.GetProperty("id").GetGuid();
    }

    public Task<PackageVersion> VersionAsync(Guid package) =>
        _site.ReadAsync(db => db.PackageVersions.AsNoTracking().Where(v => v.PackageId == package).OrderByDescending(v => v.Number).FirstAsync());
}
