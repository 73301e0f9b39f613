using System.Net;
using AngleSharp.Html.Dom;
using Hangfire;
using Lms.Web.Features.Identity;
using Lms.Web.Jobs.Hangfire;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Cloud;

/// <summary>Hangfire's dashboard is for administrators, and the site's own page stands beside it.</summary>
[Collection(HangfireGroup.Name)]
public sealed class HangfireDashboardTests(HangfireSite app)
{
    [Theory]
    [InlineData("/admin/jobs")]
    [InlineData("/admin/jobs/servers")]
    [InlineData("/admin/jobs/stats")]
    public async Task Nobody_but_an_administrator_sees_the_dashboard(string path)
    {
        using var visitor = app.Site.Visitor();
        using var unknown = await visitor.GetAsync(path);
        Assert.Equal(HttpStatusCode.Redirect, unknown.StatusCode);
        Assert.Contains("/account/sign-in", unknown.Headers.Location!.ToString(), StringComparison.Ordinal);

        foreach (var role in Enum.GetValues<Role>().Where(r => r != Role.Administrator))
        {
            using var browser = await app.Site.SignedInAsync(role);
            using var refused = await browser.GetAsync(path);
            Assert.Contains("/status/403", refused.Headers.Location!.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_administrator_sees_it_with_no_script_or_style_of_anybody_elses()
    {
        using var admin = await app.Site.SignedInAsync(Role.Administrator);
        using var reply = await admin.GetAsync("/admin/jobs");
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        var policy = reply.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("style-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("style-src-attr", policy, StringComparison.Ordinal);
        using var elsewhere = await admin.GetAsync("/admin/outbox");
        Assert.DoesNotContain("unsafe", elsewhere.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);

        var page = await admin.PageAsync("/admin/jobs");
        Assert.NotNull(page.QuerySelector("#hangfireConfig"));
        Assert.DoesNotContain(page.Scripts, s => s.Source is null or "");
        Assert.Contains(page.Links.OfType<IHtmlAnchorElement>(), a => a.GetAttribute("href") == "/admin/outbox");
    }

    [Fact]
    public async Task The_sites_own_page_stands_aside_and_leads_there()
    {
        using var admin = await app.Site.SignedInAsync(Role.Administrator);
        var page = await admin.PageAsync("/admin/outbox");
        Assert.Contains(page.Links.OfType<IHtmlAnchorElement>(), a => a.GetAttribute("href") == "/admin/jobs");
        Assert.Contains("CleanUploads", page.Body!.TextContent, StringComparison.Ordinal);
        using var learner = await app.Site.SignedInAsync();
        using var refused = await learner.GetAsync("/admin/outbox");
        Assert.Contains("/status/403", refused.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_without_its_token_changes_nothing()
    {
        var job = app.Site.Services.GetRequiredService<IBackgroundJobClientV2>()
            .Schedule<HangfireJobs>(hangfire => hangfire.RunAsync(0, "Nothing", CancellationToken.None), TimeSpan.FromDays(1));
        using var admin = await app.Site.SignedInAsync(Role.Administrator);
        var page = await admin.PageAsync("/admin/jobs/jobs/scheduled");
        using var forged = await admin.PostAsync("/admin/jobs/jobs/scheduled/delete", [new("jobs[]", job)]);
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        Assert.Equal("Scheduled", StateOf(job));

        using var meant = new HttpRequestMessage(HttpMethod.Post, new Uri("/admin/jobs/jobs/scheduled/delete", UriKind.Relative)) { Content = new FormUrlEncodedContent([new("jobs[]", job)]) };
        meant.Headers.Add(page.QuerySelector("meta[name=csrf-header]")!.GetAttribute("content")!, page.QuerySelector("meta[name=csrf-token]")!.GetAttribute("content"));
        using var done = await admin.Http.SendAsync(meant, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
        Assert.Equal("Deleted", StateOf(job));
    }

    private string? StateOf(string job)
    {
        using var connection = app.Storage.GetConnection();
        return connection.GetStateData(job)?.Name;
    }
}
