using Lms.Web.Features.Xapi.Store;
using System.Net;
using System.Text.Json;
using Lms.Manuscripts.Questions;
using Lms.Web.Features.Assessment;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Tests.Learning;

public sealed class CheckTests(LearningSite app) : IClassFixture<LearningSite>
{
    /// <summary>One check of each kind.</summary>
    private const string Kinds = """
        <!-- item
        id: SLUG-single
        -->
        Single: which one?

        [( )] Wrong one <!-- conf: SECRET-single against. -->
        [(X)] Right one
        [[?]] A hint.
        ****
        SECRET-single for.
        ****

        <!-- item
        id: SLUG-multiple
        -->
        Multiple: which ones?

        [[X]] Right A
        [[ ]] Wrong B <!-- det: SECRET-multiple against. -->
        [[X]] Right C
        ****
        SECRET-multiple for.
        ****

        <!-- item
        id: SLUG-text
        -->
        Text: which colour?

        [[teal|blue green]]
        ****
        SECRET-text for.
        ****

        <!-- item
        id: SLUG-number
        -->
        Number: how many?

        [[3520 ± 10]] mm
        [[!352]] <!-- old: SECRET-number against. -->
        ****
        SECRET-number for.
        ****

        <!-- item
        id: SLUG-list
        -->
        List: which one?

        [[Wrong entry|(Right entry)|Other entry]]
        ****
        SECRET-list for.
        ****

        <!-- item
        id: SLUG-cloze
        -->
        GMP belongs to [[(quality assurance)|sales]] and has [[clean|tidy]] rooms.
        ****
        SECRET-cloze for.
        ****

        <!-- item
        id: SLUG-matching
        -->
        Matching: who does what?

        [(Hub) (Centre) (Employer)]
        [(X) ( ) ( )] writes the course
        [( ) (X) ( )] teaches it
        [( ) ( ) (X)] authorises people
        ****
        SECRET-matching for.
        ****

        <!-- item
        id: SLUG-ordering
        -->
        Ordering: in which order?

        [#1] Wet
        [#2] Lather
        [#3] Rinse
        ****
        SECRET-ordering for.
        ****
        """;

    private static readonly string[] Ids = ["single", "multiple", "text", "number", "list", "cloze", "matching", "ordering"];

    [Fact]
    public async Task No_key_reaches_the_page_before_an_answer()
    {
        using var ana = await app.Site.SignedInAsync();
        var (enrolment, _) = await EnrolAsync(ana);

        var html = await (await ana.GetAsync($"/learn/{enrolment}/one")).Content.ReadAsStringAsync();

        Assert.DoesNotContain("SECRET", html, StringComparison.Ordinal);
        Assert.DoesNotContain("blue green", html, StringComparison.Ordinal);
        Assert.DoesNotContain("3520", html, StringComparison.Ordinal);
        var steps = LearningSite.Parse(html).QuerySelectorAll("#q-one-ordering .order li span").Select(s => s.TextContent.Trim()).ToList();
        Assert.NotEqual(["Wet", "Lather", "Rinse"], steps);
    }

    [Theory]
    [InlineData("single", "choice", "1")]
    [InlineData("multiple", "choice", "0[,]2")]
    [InlineData("text", "fill-in", "teal")]
    [InlineData("number", "numeric", "3520")]
    [InlineData("list", "choice", "1")]
    [InlineData("cloze", "other", "quality assurance[,]clean")]
    [InlineData("matching", "matching", "0[.]0[,]1[.]1[,]2[.]2")]
    [InlineData("ordering", "sequencing", "0[,]1[,]2")]
    public async Task An_answer_is_kept_explained_and_said(string id, string interaction, string response)
    {
        using var ana = await app.Site.SignedInAsync();
        var (enrolment, lesson) = await EnrolAsync(ana);
        var item = lesson.Single(i => i.Id == $"one-{id}");

        var wrong = await AnswerAsync(ana, enrolment, item, LearningSite.Wrong(item));
        Assert.NotNull(wrong.QuerySelector($"#q-{item.Id} .answer.bad"));
        Assert.Contains($"SECRET-{id} for", wrong.QuerySelector($"#q-{item.Id} .answer")!.TextContent, StringComparison.Ordinal);
        var right = await AnswerAsync(ana, enrolment, item, LearningSite.Right(item));
        Assert.NotNull(right.QuerySelector($"#q-{item.Id} .answer.good"));

        var kept = await app.Site.ReadAsync(db => db.CheckAnswers.SingleAsync(a => a.EnrolmentId == enrolment));
        Assert.True(kept.Correct);
        Assert.Equal(2, kept.Tries);
        Assert.Equal(2, (await app.VerbsAsync(enrolment)).Count(v => v == "answered"));
        var said = await LastAsync(enrolment);
        Assert.Equal(interaction, said.GetProperty("object").GetProperty("definition").GetProperty("interactionType").GetString());
        Assert.Equal(response, said.GetProperty("result").GetProperty("response").GetString());
        Assert.True(said.GetProperty("result").GetProperty("success").GetBoolean());
        Assert.EndsWith("/lessons/one", said.GetProperty("context").GetProperty("contextActivities").GetProperty("parent")[0].GetProperty("id").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reason_against_the_chosen_distractor_is_shown()
    {
        using var ana = await app.Site.SignedInAsync();
        var (enrolment, lesson) = await EnrolAsync(ana);
        var item = lesson.Single(i => i.Id == "one-single");

        var page = await AnswerAsync(ana, enrolment, item, ["0"]);

        Assert.Contains("SECRET-single against", page.QuerySelector("#q-one-single .opt.wrong")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET-multiple", page.Body!.InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_answer_sent_twice_from_one_page_is_one_try()
    {
        using var ana = await app.Site.SignedInAsync();
        var (enrolment, lesson) = await EnrolAsync(ana);
        var item = lesson.Single(i => i.Id == "one-single");
        var path = $"/learn/{enrolment}/one";
        KeyValuePair<string, string>[] fields = [await LearningSite.TokenAsync(ana, path), new("a", "0"), new("seen", "0")];

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ana.PostAsync($"{path}?handler=Answer&item={item.Id}", fields)));

        Assert.All(replies, r => Assert.Equal(HttpStatusCode.Redirect, r.StatusCode));
        Assert.Equal(1, await app.Site.ReadAsync(db => db.CheckAnswers.Where(a => a.EnrolmentId == enrolment).Select(a => a.Tries).SingleAsync()));
        Assert.Equal(1, (await app.VerbsAsync(enrolment)).Count(v => v == "answered"));
    }

    [Fact]
    public async Task An_empty_answer_is_refused_in_words_and_not_kept()
    {
        using var ana = await app.Site.SignedInAsync();
        var (enrolment, _) = await EnrolAsync(ana);
        var path = $"/learn/{enrolment}/one";
        using var reply = await ana.PostAsync($"{path}?handler=Answer&item=one-single", [await LearningSite.TokenAsync(ana, path), new("seen", "0")]);

        var page = LearningSite.Parse(await reply.Content.ReadAsStringAsync());
        Assert.Equal("Choose an answer.", page.QuerySelector("#q-one-single .error")!.TextContent);
        Assert.Equal("q-one-single-error", page.QuerySelector("#q-one-single [role=radiogroup]")!.GetAttribute("aria-describedby"));
        Assert.False(await app.Site.ReadAsync(db => db.CheckAnswers.AnyAsync(a => a.EnrolmentId == enrolment)));
    }

    [Fact]
    public async Task A_script_gets_the_explained_question_alone()
    {
        using var ana = await app.Site.SignedInAsync();
        var (enrolment, _) = await EnrolAsync(ana);
        var path = $"/learn/{enrolment}/one";
        var token = await LearningSite.TokenAsync(ana, path);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{path}?handler=Answer&item=one-single")
        {
            Content = new FormUrlEncodedContent([token, new("a", "1"), new("seen", "0")]),
        };
        request.Headers.Add("X-Fragment", "1");

        using var reply = await ana.Http.SendAsync(request);

        var fragment = await reply.Content.ReadAsStringAsync();
        Assert.True(reply.Headers.Contains("X-Saved-At"));
        Assert.DoesNotContain("<html", fragment, StringComparison.Ordinal);
        Assert.NotNull(LearningSite.Parse(fragment).QuerySelector("form[data-check] .answer.good"));
    }

    private async Task<(Guid Enrolment, List<Item> Checks)> EnrolAsync(Browser learner)
    {
        var course = await app.PublishAsync(new TestCourse { Lessons = ["one"], Body = Kinds });
        var enrolment = await LearningSite.EnrolAsync(learner, course);
        var published = await app.CourseAsync((await app.EnrolmentAsync(enrolment)).CourseVersionId);
        var checks = published.Lessons[0].Texts["en"].Blocks.Where(b => b.Check is not null).Select(b => b.Check!).ToList();
        Assert.Equal(Ids.Select(id => $"one-{id}"), checks.Select(c => c.Id));
        return (enrolment, checks);
    }

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> AnswerAsync(Browser learner, Guid enrolment, Item item, IReadOnlyList<string> response)
    {
        var path = $"/learn/{enrolment}/one";
        var page = await learner.PageAsync(path);
        var form = page.QuerySelector($"form[action*='item={item.Id}#']")!;
        var hidden = form.QuerySelectorAll("input[type=hidden]").Select(i => new KeyValuePair<string, string>(i.GetAttribute("name")!, i.GetAttribute("value")!));
        using var reply = await learner.PostAsync(form.GetAttribute("action")!, [.. hidden, .. LearningSite.Fields(item, ItemOrder.InLesson(item), response)]);
        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        Assert.EndsWith($"#q-{item.Id}", reply.Headers.Location!.ToString(), StringComparison.Ordinal);
        return await learner.PageAsync(path);
    }

    private async Task<JsonElement> LastAsync(Guid enrolment)
    {
        var json = await app.Site.ReadAsync(db => db.StatementsOf(enrolment).OrderByDescending(s => s.Sequence).Select(s => s.Json).FirstAsync());
        return JsonDocument.Parse(json).RootElement;
    }
}
