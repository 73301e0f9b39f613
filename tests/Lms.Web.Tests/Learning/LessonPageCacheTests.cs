using System.IO.Compression;
using System.Net;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Tests.Learning;

public sealed class LessonPageCacheTests(LearningSite app) : IClassFixture<LearningSite>
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
    public async Task A_page_read_again_is_the_same_and_a_browser_that_has_it_is_told_so()
    {
        var (ana, path, _) = await ReaderAsync();
        using var closed = ana;
        using var first = await GetAsync(ana, path);
        using var again = await GetAsync(ana, path);
        using var known = await GetAsync(ana, path, first.Headers.ETag!.ToString());

        Assert.Equal(["br"], first.Content.Headers.ContentEncoding);
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await again.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        Assert.Empty(await known.Content.ReadAsByteArrayAsync());
        Assert.Equal("no-cache, private", first.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Only_the_head_of_a_page_is_sent_to_who_asks_for_it()
    {
        var (ana, path, _) = await ReaderAsync();
        using var closed = ana;
        for (var time = 0; time < 2; time++)
        {
            using var request = Request(HttpMethod.Head, path);
            using var head = await ana.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, head.StatusCode);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
            using var page = await GetAsync(ana, path);
            Assert.NotEmpty(await page.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task The_form_of_a_kept_page_works_and_its_answer_is_on_the_next_one()
    {
        var (ana, path, enrolment) = await ReaderAsync();
        using var closed = ana;
        var before = await TwiceAsync(ana, path);

        using (var reply = await ana.PostAsync($"{path}?handler=Answer&item=one-single", [Token(before), new("a", "0"), new("seen", "0")]))
            Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        var wrong = await TwiceAsync(ana, path);
        using (await ana.PostAsync($"{path}?handler=Answer&item=one-single", [Token(wrong), new("a", "1"), new("seen", "1")])) { }
        var right = await TwiceAsync(ana, path);

        Assert.DoesNotContain("Because.", before, StringComparison.Ordinal);
        Assert.NotNull(LearningSite.Parse(wrong).QuerySelector(".answer.bad"));
        Assert.NotNull(LearningSite.Parse(right).QuerySelector(".answer.good"));
        Assert.Equal(2, await app.Site.ReadAsync(db => db.CheckAnswers.Where(a => a.EnrolmentId == enrolment).Select(a => a.Tries).SingleAsync()));
    }

    [Fact]
    public async Task A_lesson_done_in_another_tab_is_done_on_the_kept_page()
    {
        var (ana, path, enrolment) = await ReaderAsync();
        using var closed = ana;
        var before = LearningSite.Parse(await TwiceAsync(ana, path));
        using (await LearningSite.CompleteAsync(ana, enrolment, "two")) { }
        var after = LearningSite.Parse(await TwiceAsync(ana, path));

        Assert.Empty(before.QuerySelectorAll(".toc .done"));
        Assert.Single(after.QuerySelectorAll(".toc .done"));
    }

    [Fact]
    public async Task Reading_a_kept_page_after_another_lesson_is_still_opening_it()
    {
        var (ana, path, enrolment) = await ReaderAsync();
        using var closed = ana;
        await TwiceAsync(ana, path);
        await TwiceAsync(ana, $"/learn/{enrolment}/two");
        var tag = await TagAsync(ana, path);

        Assert.Equal("one", (await app.EnrolmentAsync(enrolment)).LastLesson);
        Assert.Equal(tag, await TagAsync(ana, path));
        Assert.Equal(["registered", "launched", "initialized", "experienced", "launched", "experienced"], await app.VerbsAsync(enrolment));
    }

    [Fact]
    public async Task Who_signs_in_after_another_person_on_the_same_browser_never_sees_their_page()
    {
        var (browser, path, enrolment) = await ReaderAsync("Ana of the shared machine");
        using var closed = browser;
        var anas = await TwiceAsync(browser, path);
        var tag = await TagAsync(browser, path);
        using (var reply = await browser.PostAsync("/account/sign-out", [Token(anas)]))
            Assert.Equal("\"cache\"", string.Concat(reply.Headers.GetValues("Clear-Site-Data")));
        using (var nobody = await GetAsync(browser, path, tag)) Assert.Equal(HttpStatusCode.Redirect, nobody.StatusCode);

        var ben = await app.Site.AddPersonAsync(name: "Ben of the shared machine");
        using (await browser.SubmitAsync("/account/sign-in", new() { ["Input.Email"] = ben.Email!, ["Input.Password"] = TestSite.Password })) { }
        using (var refused = await GetAsync(browser, path, tag)) Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);

        var own = await LearningSite.EnrolAsync(browser, await CourseAsync(enrolment));
        var bens = await TwiceAsync(browser, $"/learn/{own}/one");
        Assert.Contains("Ana of the shared machine", anas, StringComparison.Ordinal);
        Assert.Contains("Ben of the shared machine", bens, StringComparison.Ordinal);
        Assert.DoesNotContain("Ana of the shared machine", bens, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_name_and_another_language_are_on_the_next_page()
    {
        var (ana, path, _) = await ReaderAsync("Old Name");
        using var closed = ana;
        Assert.Contains("Old Name", await TwiceAsync(ana, path), StringComparison.Ordinal);

        using (await ana.GetAsync("/language/fr")) { }
        Assert.Equal("fr", LearningSite.Parse(await TwiceAsync(ana, path)).DocumentElement.GetAttribute("lang"));

        using (await ana.SubmitAsync("/account", new() { ["Input.Name"] = "New Name" })) { }
        var renamed = await TwiceAsync(ana, path);
        Assert.Contains("New Name", renamed, StringComparison.Ordinal);
        Assert.DoesNotContain("Old Name", renamed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_learner_who_moves_to_a_new_version_reads_the_new_lesson()
    {
        var (ana, path, enrolment) = await ReaderAsync();
        using var closed = ana;
        var course = await CourseAsync(enrolment);
        Assert.Contains("The body of one", await TwiceAsync(ana, path), StringComparison.Ordinal);
        await app.PublishAsync(new TestCourse { Id = course, Version = "1.1", Body = "The new body of SLUG." });
        Assert.Contains("The body of one", await TwiceAsync(ana, path), StringComparison.Ordinal);

        using (await ana.SubmitAsync("/learn", action: "handler=Move")) { }

        Assert.Contains("The new body of one", await TwiceAsync(ana, path), StringComparison.Ordinal);
        Assert.Equal("one", (await app.EnrolmentAsync(enrolment)).LastLesson);
    }

    [Fact]
    public async Task A_lesson_that_does_not_exist_is_not_kept_and_an_odd_address_is_made_anew()
    {
        var (ana, path, enrolment) = await ReaderAsync();
        using var closed = ana;
        using (var none = await GetAsync(ana, $"/learn/{enrolment}/none"))
        {
            Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
            Assert.Null(none.Headers.ETag);
        }
        using var odd = await GetAsync(ana, $"{path}?other=1");
        Assert.Equal(HttpStatusCode.OK, odd.StatusCode);
        Assert.Null(odd.Headers.ETag);
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

    private static HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.AcceptEncoding.ParseAdd("br");
        return request;
    }

    private static async Task<HttpResponseMessage> GetAsync(Browser reader, string path, string? known = null)
    {
        using var request = Request(HttpMethod.Get, path);
        if (known is not null) request.Headers.IfNoneMatch.ParseAdd(known);
        return await reader.Http.SendAsync(request);
    }

    /// <summary>The page read twice, of which the second is a kept one.</summary>
    private static async Task<string> TwiceAsync(Browser reader, string path)
    {
        using var first = await GetAsync(reader, path);
        using var second = await GetAsync(reader, path);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        await using var html = new BrotliStream(await second.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var text = new StreamReader(html);
        return await text.ReadToEndAsync();
    }

    private static async Task<string> TagAsync(Browser reader, string path)
    {
        using var page = await GetAsync(reader, path);
        return page.Headers.ETag!.ToString();
    }

    private static KeyValuePair<string, string> Token(string html) =>
        new("__RequestVerificationToken", LearningSite.Parse(html).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!);
}
