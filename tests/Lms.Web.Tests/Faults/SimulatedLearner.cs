using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Faults;

/// <summary>What the site said that it has kept.</summary>
public sealed record Acknowledged(Guid LearnerId)
{
    public Guid Enrolment { get; set; }
    public List<string> Lessons { get; } = [];
    public bool Check { get; set; }
    public Guid Attempt { get; set; }
    public List<int> Answers { get; } = [];
    public bool Submitted { get; set; }
}

/// <summary>
/// Somebody who takes the course of the tests from enrolment to submission, and does each step again when the site is gone. All answers
/// are right.
/// </summary>
public sealed class SimulatedLearner(Uri address, string email, CancellationToken ct) : IDisposable
{
    private static readonly Dictionary<string, string> Right = new()
    {
        ["What touches the product?"] = "Nothing that is not clean",
        ["Your gown is torn. What do you do?"] = "Change it",
    };
    private static readonly string[] Steps = ["Wet", "Lather", "Rinse"];

    private readonly Browser _browser = new(address);

    public async Task<Acknowledged> LearnAsync(Acknowledged kept)
    {
        await StepAsync(() => _browser.SubmitAsync("/account/sign-in", new() { ["Input.Email"] = email, ["Input.Password"] = TestSite.Password }));
        var enrolled = await StepAsync(EnrolAsync);
        kept.Enrolment = Guid.Parse(enrolled.Split('/')[2]);
        var root = $"/learn/{kept.Enrolment}";

        await StepAsync(() => _browser.SubmitAsync($"{root}/hands", new() { ["a"] = "0" }, action: "#q-hands-k1"));
        kept.Check = true;
        foreach (var (slug, id) in new[] { ("hands", "hands"), ("gowns", "gowns") })
        {
            await StepAsync(() => _browser.SubmitAsync($"{root}/{slug}", action: "handler=Complete"));
            kept.Lessons.Add(id);
        }
        await SitAsync(root, kept);
        return kept;
    }

    public void Dispose() => _browser.Dispose();

    // An enrolment whose answer was lost shows as a link to go on: it was kept.
    private async Task<HttpResponseMessage> EnrolAsync()
    {
        var page = await _browser.PageAsync("/courses/hygiene");
        return page.QuerySelector("main .actions a[href^='/learn/']")?.GetAttribute("href") is { } on
            ? await _browser.GetAsync(string.Join('/', on.Split('/')[..3]))
            : await _browser.SubmitAsync("/courses/hygiene", action: "/learn/enrol/hygiene");
    }

    private async Task SitAsync(string root, Acknowledged kept)
    {
        var first = await StepAsync(() => _browser.SubmitAsync($"{root}/assessment", new() { ["language"] = "en" }));
        kept.Attempt = Guid.Parse(first.Split('/')[4]);
        for (var position = 1; position <= 3; position++)
        {
            await StepAsync(() => AnswerAsync($"{root}/assessment/{kept.Attempt}/{position}"));
            kept.Answers.Add(position);
        }
        await StepAsync(() => SubmitAsync($"{root}/assessment/{kept.Attempt}"));
        kept.Submitted = true;
    }

    private async Task<HttpResponseMessage> AnswerAsync(string path)
    {
        var page = await _browser.PageAsync(path);
        var fields = new Dictionary<string, string> { ["go"] = page.QuerySelectorAll("button[name=go]")[^1].GetAttribute("value")! };
        var stem = page.QuerySelector(".stem")!.TextContent.Trim();
        if (page.QuerySelector("input[type=radio]") is not null)
        {
            var option = page.QuerySelectorAll("label.opt").First(l => l.TextContent.Contains(Right[stem], StringComparison.Ordinal));
            fields["a"] = option.QuerySelector<IHtmlInputElement>("input")!.Value;
        }
        else if (page.QuerySelector("ol.order") is { } order)
        {
            foreach (var row in order.QuerySelectorAll("li"))
                fields[row.QuerySelector("select")!.GetAttribute("name")!] = $"{Array.FindIndex(Steps, s => row.TextContent.Contains(s, StringComparison.Ordinal)) + 1}";
        }
        else fields["a"] = "20";
        return await _browser.SubmitAsync(path, fields);
    }

    // A submission whose answer was lost shows as a redirect away from the review page: it was kept.
    private async Task<HttpResponseMessage> SubmitAsync(string attempt)
    {
        var review = await _browser.GetAsync($"{attempt}/review");
        if (review.StatusCode == HttpStatusCode.Redirect) return review;
        review.Dispose();
        return await _browser.SubmitAsync($"{attempt}/review");
    }

    /// <summary>Repeats a step until the site acknowledges it with a redirect; returns where to.</summary>
    private async Task<string> StepAsync(Func<Task<HttpResponseMessage>> step)
    {
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                using var reply = await step();
                if (reply.StatusCode == HttpStatusCode.Redirect) return reply.Headers.Location!.ToString();
                if ((int)reply.StatusCode < 500) Assert.Fail($"{reply.RequestMessage!.RequestUri} answered {reply.StatusCode}: {await reply.Content.ReadAsStringAsync(ct)}");
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException or TaskCanceledException && !ct.IsCancellationRequested) { }
            await Task.Delay(Random.Shared.Next(20, 200), ct);
        }
    }
}
