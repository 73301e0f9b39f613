using System.Net;
using Lms.Web.Features.Identity;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Catalog;

public sealed class CatalogTests(TestSite site) : IClassFixture<TestSite>
{
    [Fact]
    public async Task A_visitor_sees_programmes_with_their_courses_minutes_languages_and_bytes()
    {
        using var visitor = site.Visitor();
        var main = (await visitor.PageAsync("/")).QuerySelector("main")!.TextContent;

        Assert.Contains("Basics", main, StringComparison.Ordinal);
        Assert.Contains("Personal hygiene", main, StringComparison.Ordinal);
        Assert.Contains("25 min", main, StringComparison.Ordinal);
        Assert.Contains("en · fr", main, StringComparison.Ordinal);
        Assert.Contains("to download", main, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hygiene", true)]
    [InlineData("hygiène", true)]
    [InlineData("100%", false)]
    [InlineData("no such course", false)]
    public async Task A_search_finds_titles_in_every_language_and_takes_wildcards_as_they_are(string words, bool found)
    {
        using var visitor = site.Visitor();
        var page = await visitor.PageAsync($"/?q={Uri.EscapeDataString(words)}");
        Assert.Equal(found, page.QuerySelector("a[href='/courses/hygiene']") is not null);
    }

    [Fact]
    public async Task A_course_page_shows_lessons_objectives_rules_and_the_clauses_it_maps_to()
    {
        using var visitor = site.Visitor();
        var main = (await visitor.PageAsync("/courses/hygiene")).QuerySelector("main")!.TextContent;

        Assert.Contains("Washing hands", main, StringComparison.Ordinal);
        Assert.Contains("Wash hands before entering", main, StringComparison.Ordinal);
        Assert.Contains("Pass mark: 80\u202f%", main, StringComparison.Ordinal);
        Assert.Contains("2.18 · 2.20", main, StringComparison.Ordinal);
        Assert.Contains("Sign in to start", main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fills_a_sentence_from_the_right_keeps_its_own_direction()
    {
        using var visitor = site.Visitor();
        var english = await visitor.PageAsync("/courses/hygiene");
        using var chosen = await visitor.GetAsync("/language/ar?return=/courses/hygiene");
        var arabic = await visitor.PageAsync("/courses/hygiene");

        Assert.DoesNotContain('\u2068', english.Body!.TextContent);
        Assert.Matches("\u2068[0-9.]+\u00a0k?B\u2069", arabic.QuerySelector(".course-head")!.TextContent);
    }

    [Fact]
    public async Task The_catalogue_speaks_the_language_that_the_visitor_chose()
    {
        using var visitor = site.Visitor();
        using var chosen = await visitor.GetAsync("/language/fr?return=/courses/hygiene");
        Assert.Equal("/courses/hygiene", chosen.Headers.Location?.ToString());

        var page = await visitor.PageAsync("/courses/hygiene");
        Assert.Equal("fr", page.DocumentElement.GetAttribute("lang"));
        Assert.Contains("Se laver les mains", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/\tevil.example/")]
    public async Task A_language_link_leads_nowhere_but_to_this_site(string target)
    {
        using var visitor = site.Visitor();
        using var reply = await visitor.GetAsync($"/language/fr?return={Uri.EscapeDataString(target)}");
        Assert.Equal("/", reply.Headers.Location?.ToString());
    }

    [Fact]
    public async Task The_door_for_figures_gives_no_course_away()
    {
        var hash = await site.ReadAsync(db => db.CourseVersions.Select(v => v.Hash).FirstAsync());
        using var visitor = site.Visitor();
        foreach (var name in new[] { hash, "..%2F..%2Fseedlot.db", "nothing", new string('a', 64) })
        {
            using var reply = await visitor.GetAsync($"/files/{name}");
            Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        }
    }

    [Fact]
    public async Task Somebody_signed_in_can_start_the_course_and_then_go_on()
    {
        using var learner = await site.SignedInAsync(Role.Learner);
        using var started = await learner.SubmitAsync("/courses/hygiene", action: "/learn/enrol/hygiene");
        Assert.Equal(HttpStatusCode.Redirect, started.StatusCode);

        var page = await learner.PageAsync("/courses/hygiene");
        Assert.Contains("Continue where you left off", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_without_a_form_sends_a_visitor_no_cookie()
    {
        using var visitor = site.Visitor();
        foreach (var path in new[] { "/", "/courses/hygiene", "/verify", "/nothing" })
        {
            using var reply = await visitor.GetAsync(path);
            Assert.False(reply.Headers.Contains("Set-Cookie"), path);
        }
    }

    [Fact]
    public async Task A_page_far_behind_the_last_is_empty_and_not_the_first_again()
    {
        var token = await site.RunAsync(async s => (await s.GetRequiredService<ApiTokens>().CreateAsync((await site.AddPersonAsync()).Id, "far", 30, default)).Token);
        using var client = new HttpClient { BaseAddress = site.Address };
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {token}");
        Assert.NotEqual("[]", await client.GetStringAsync(new Uri("/api/v1/courses?page=1", UriKind.Relative)));
        Assert.Equal("[]", await client.GetStringAsync(new Uri("/api/v1/courses?page=2147483647", UriKind.Relative)));
    }

    [Fact]
    public async Task Headers_forbid_inline_code_framing_and_sniffing()
    {
        using var visitor = site.Visitor();
        using var reply = await visitor.GetAsync("/");
        var policy = string.Join(' ', reply.Headers.GetValues("Content-Security-Policy"));
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", reply.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.DoesNotContain("style=", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
