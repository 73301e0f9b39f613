using System.IO.Compression;
using System.Net;
using AngleSharp.Html.Dom;
using Lms.Web.Features.Identity;
using Lms.Web.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lms.Web.Tests.Learning;

/// <summary>What a person is served is what a fresh page would say, kept or not.</summary>
public sealed class LessonPagesTests(LearningSite app) : IClassFixture<LearningSite>
{
    private const string Check = """
        <!-- item
        id: SLUG-single
        -->
        Which one?

        [( )] Wrong one
        [(X)] Right one
        ****
        Because.
        ****
        """;

    [Fact]
    public async Task A_page_read_again_is_the_same_to_the_byte_and_header()
    {
        var (ana, path, _) = await ReaderAsync();
        using var closed = ana;
        await KeptAsync(ana, path);
        using var plain = await ana.GetAsync(path);
        using var first = await GetAsync(ana, path);
        using var second = await GetAsync(ana, path);

        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await second.Content.ReadAsByteArrayAsync());
        Assert.Equal(["br"], second.Content.Headers.ContentEncoding);
        Assert.True(second.Headers.CacheControl!.NoStore);
        // A client that takes nothing compressed gets a fresh page: all else that it is told is the same.
        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.Equal(Told(plain), Told(second));
    }

    [Fact]
    public async Task An_answer_is_on_the_next_page_of_every_tab_and_the_kept_form_still_sends_it()
    {
        var (ana, path, enrolment) = await ReaderAsync();
        using var closed = ana;
        var (tab, other) = (await KeptAsync(ana, path), await KeptAsync(ana, $"{path}?lang=en"));

        using (var reply = await ana.PostAsync($"{path}?handler=Answer&item=one-single", [Token(tab), new("a", "0"), new("seen", "0")]))
            Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        Assert.NotNull((await KeptAsync(ana, path)).QuerySelector(".answer.bad"));
        Assert.NotNull((await KeptAsync(ana, $"{path}?lang=en")).QuerySelector(".answer.bad"));
        using (await ana.PostAsync($"{path}?handler=Answer&item=one-single", [Token(other), new("a", "1"), new("seen", "1")])) { }

        Assert.Null(tab.QuerySelector(".answer.bad"));
        Assert.NotNull((await KeptAsync(ana, path)).QuerySelector(".answer.good"));
        Assert.Equal(2, await app.Site.ReadAsync(db => db.CheckAnswers.Where(a => a.EnrolmentId == enrolment).Select(a => a.Tries).SingleAsync()));
    }

    [Fact]
    public async Task A_lesson_done_in_another_tab_is_done_on_the_next_page()
    {
        var (ana, path, enrolment) = await ReaderAsync();
        using var closed = ana;
        var before = await KeptAsync(ana, path);
        using (await LearningSite.CompleteAsync(ana, enrolment, "two")) { }
        var after = await KeptAsync(ana, path);

        Assert.Empty(before.QuerySelectorAll(".toc .done"));
        Assert.Single(after.QuerySelectorAll(".toc .done"));
    }

    [Fact]
    public async Task Reading_a_kept_page_after_another_lesson_is_still_opening_it()
    {
        var (ana, path, enrolment) = await ReaderAsync();
        using var closed = ana;
        await KeptAsync(ana, path);
        await KeptAsync(ana, $"/learn/{enrolment}/two");
        await KeptAsync(ana, path);

        Assert.Equal("one", (await app.EnrolmentAsync(enrolment)).LastLesson);
        Assert.Equal(["registered", "launched", "initialized", "experienced", "launched", "experienced"], await app.VerbsAsync(enrolment));
    }

    [Fact]
    public async Task Who_signs_in_after_another_person_on_the_same_browser_never_sees_their_page()
    {
        var (browser, path, enrolment) = await ReaderAsync("Ana of the shared machine");
        using var closed = browser;
        var anas = await KeptAsync(browser, path);
        using (await browser.PostAsync("/account/sign-out", [Token(anas)])) { }
        using (var nobody = await GetAsync(browser, path)) Assert.Equal(HttpStatusCode.Redirect, nobody.StatusCode);

        var ben = await app.Site.AddPersonAsync(name: "Ben of the shared machine");
        using (await browser.SubmitAsync("/account/sign-in", new() { ["Input.Email"] = ben.Email!, ["Input.Password"] = TestSite.Password })) { }
        using (var refused = await GetAsync(browser, path)) Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);

        var own = await LearningSite.EnrolAsync(browser, await CourseAsync(enrolment));
        var bens = await KeptAsync(browser, $"/learn/{own}/one");
        Assert.Contains("Ana of the shared machine", anas.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Ben of the shared machine", bens.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Ana of the shared machine", bens.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_name_a_notice_shown_once_and_another_language_are_on_the_next_page()
    {
        var (ana, path, _) = await ReaderAsync("Old Name");
        using var closed = ana;
        Assert.Contains("Old Name", (await KeptAsync(ana, path)).Body!.TextContent, StringComparison.Ordinal);

        using (await ana.SubmitAsync("/account", new() { ["Input.Name"] = "New Name", ["Input.Language"] = "en" })) { }
        var noticed = await PageAsync(await GetAsync(ana, path));
        var kept = await KeptAsync(ana, path);
        Assert.Contains("Saved.", noticed.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("New Name", noticed.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Saved.", kept.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("New Name", kept.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Old Name", kept.Body!.TextContent, StringComparison.Ordinal);

        using (await ana.GetAsync("/language/fr")) { }
        Assert.Equal("fr", (await KeptAsync(ana, path)).DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task A_learner_who_moves_to_a_new_version_reads_the_new_lesson()
    {
        var (ana, path, enrolment) = await ReaderAsync();
        using var closed = ana;
        var course = await CourseAsync(enrolment);
        Assert.Contains("The body of one", (await KeptAsync(ana, path)).Body!.TextContent, StringComparison.Ordinal);
        await app.PublishAsync(new TestCourse { Id = course, Version = "1.1", Body = "The new body of SLUG." });
        Assert.Contains("The body of one", (await KeptAsync(ana, path)).Body!.TextContent, StringComparison.Ordinal);

        using (await ana.SubmitAsync("/learn", action: "handler=Move")) { }

        Assert.Contains("The new body of one", (await KeptAsync(ana, path)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_role_is_in_the_bar_and_a_closed_account_is_out_as_soon_as_the_sign_in_is_checked()
    {
        await using var site = new TestSite([]);
        await site.InitializeAsync();
        site.Services.GetRequiredService<IOptions<SecurityStampValidatorOptions>>().Value.ValidationInterval = TimeSpan.Zero;
        using var ana = await site.SignedInAsync();
        var enrolment = await LearningSite.EnrolAsync(ana, "hygiene");
        var path = $"/learn/{enrolment}/hands";
        using (await GetAsync(ana, path)) { }
        Assert.Null((await PageAsync(await GetAsync(ana, path))).QuerySelector("a[href='/teach']"));

        await site.RunAsync(async services =>
        {
            var db = services.GetRequiredService<Lms.Web.Data.LmsDbContext>();
            var person = await db.Users.SingleAsync(p => p.Id == ana.PersonId);
            db.Add(new RoleAssignment { PersonId = person.Id, CentreId = person.CentreId, Role = Role.Instructor, GrantedAt = DateTime.UtcNow });
            return await db.SaveChangesAsync();
        });
        Assert.NotNull((await PageAsync(await GetAsync(ana, path))).QuerySelector("a[href='/teach']"));

        await site.RunAsync(async services =>
        {
            var people = services.GetRequiredService<UserManager<Person>>();
            var person = (await people.FindByIdAsync(ana.PersonId.ToString()))!;
            person.DeactivatedAt = DateTime.UtcNow;
            return await people.UpdateSecurityStampAsync(person);
        });
        using var reply = await GetAsync(ana, path);
        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
    }

    [Fact]
    public async Task A_lesson_that_does_not_exist_is_not_found_each_time_and_an_odd_address_is_made_anew()
    {
        var (ana, path, enrolment) = await ReaderAsync();
        using var closed = ana;
        await KeptAsync(ana, path);
        for (var time = 0; time < 2; time++)
            using (var none = await GetAsync(ana, $"/learn/{enrolment}/none")) Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        using var odd = await GetAsync(ana, $"{path}?other=1");
        using var again = await GetAsync(ana, $"{path}?other=1");
        // The form token is masked anew.
        Assert.NotEqual(await odd.Content.ReadAsByteArrayAsync(), await again.Content.ReadAsByteArrayAsync());
    }

    private async Task<(Browser Reader, string Path, Guid Enrolment)> ReaderAsync(string? name = null)
    {
        var course = await app.PublishAsync(new TestCourse { Body = $"The body of SLUG.\n\n{Check}" });
        var reader = await app.Site.SignedInAsync(name: name);
        var enrolment = await LearningSite.EnrolAsync(reader, course);
        return (reader, $"/learn/{enrolment}/one", enrolment);
    }

    private Task<string> CourseAsync(Guid enrolment) => app.Site.ReadAsync(db =>
        db.Enrolments.Where(e => e.Id == enrolment).Join(db.Courses, e => e.CourseId, c => c.Id, (_, c) => c.Slug).SingleAsync());

    private static async Task<HttpResponseMessage> GetAsync(Browser reader, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.AcceptEncoding.ParseAdd("br");
        return await reader.Http.SendAsync(request);
    }

    /// <summary>The page read until it is a kept one: the first reading opens the lesson, the second makes the page, the third repeats it.</summary>
    private static async Task<IHtmlDocument> KeptAsync(Browser reader, string path)
    {
        using var opened = await GetAsync(reader, path);
        using var made = await GetAsync(reader, path);
        var kept = await GetAsync(reader, path);
        Assert.Equal(await made.Content.ReadAsByteArrayAsync(), await kept.Content.ReadAsByteArrayAsync());
        return await PageAsync(kept);
    }

    private static async Task<IHtmlDocument> PageAsync(HttpResponseMessage reply)
    {
        using var closed = reply;
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        await using var html = new BrotliStream(await reply.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var text = new StreamReader(html);
        return LearningSite.Parse(await text.ReadToEndAsync());
    }

    private static IEnumerable<string> Told(HttpResponseMessage reply) => reply.Headers.Concat(reply.Content.Headers)
        .Where(h => h.Key is not ("Date" or "Content-Encoding" or "Content-Length" or "Transfer-Encoding" or "Vary"))
        .Select(h => $"{h.Key}: {string.Join(", ", h.Value)}").Order(StringComparer.Ordinal);

    private static KeyValuePair<string, string> Token(IHtmlDocument page) =>
        new("__RequestVerificationToken", page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!);
}
