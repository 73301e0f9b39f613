using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Network;
using Lms.Web.Features.Xapi.Store;
using Lms.Web.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

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

    /// <summary>Asserts that it is there, and once.</summary>
    internal async Task AssertAsync(LmsDbContext db)
    {
        if (Enrolment == Guid.Empty) return;
        var enrolment = await db.Enrolments.AsNoTracking().SingleAsync(e => e.LearnerId == LearnerId);
        Assert.Equal(Enrolment, enrolment.Id);
        Assert.All(Lessons, lesson => Assert.True(enrolment.HasDone(lesson)));
        if (Check) Assert.NotNull(await db.CheckAnswers.AsNoTracking().SingleOrDefaultAsync(a => a.EnrolmentId == enrolment.Id));
        if (Attempt != Guid.Empty)
        {
            var attempt = await db.Attempts.AsNoTracking().SingleAsync(a => a.EnrolmentId == enrolment.Id);
            Assert.All(Answers, position => Assert.NotNull(attempt.Answers.Single(a => a.Position == position).AnsweredAt));
            if (Submitted) Assert.True(attempt.Passed);
        }
        if (Submitted) Assert.NotNull(enrolment.CompletedAt);
        Assert.Equal(enrolment.CompletedAt is null ? 0 : 1, await db.Certificates.CountAsync(c => c.EnrolmentId == enrolment.Id));

        var said = (await db.StatementsOf(enrolment.Id).Select(s => s.Json).ToListAsync())
            .CountBy(json => JsonDocument.Parse(json).RootElement.GetProperty("verb").GetProperty("id").GetString()!).ToDictionary();
        Assert.Equal(1, said[Verbs.Registered.Id]);
        // One for each lesson, one for the assessment and one for the course.
        Assert.Equal(enrolment.Completions.Count + (enrolment.PassedAt is null ? 0 : 1) + (enrolment.CompletedAt is null ? 0 : 1), said.GetValueOrDefault(Verbs.Completed.Id));
        Assert.Equal(enrolment.PassedAt is null ? 0 : 1, said.GetValueOrDefault(Verbs.Passed.Id));
        Assert.Equal(enrolment.CompletedAt is null ? 0 : 1, said.GetValueOrDefault(Verbs.Earned.Id));
    }
}

/// <summary>
/// Somebody who takes the course of the tests from enrolment to submission, and does each step again when the site is gone. All answers
/// are right.
/// </summary>
public sealed class SimulatedLearner(Uri address, string email, CancellationToken ct, Func<HttpMessageHandler, HttpMessageHandler>? way = null) : IDisposable
{
    private static readonly Dictionary<string, string> Right = new()
    {
        ["What touches the product?"] = "Nothing that is not clean",
        ["Your gown is torn. What do you do?"] = "Change it",
    };
    private static readonly string[] Steps = ["Wet", "Lather", "Rinse"];

    private readonly Browser _browser = new(address, way);

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

    /// <summary>Adds people who may learn, with the password of the tests.</summary>
    internal static async Task<List<(Guid Id, string Email)>> AddPeopleAsync(IServiceProvider services, int count)
    {
        var added = new List<(Guid, string)>();
        var db = services.GetRequiredService<LmsDbContext>();
        var people = services.GetRequiredService<UserManager<Person>>();
        var hub = await db.Centres.FirstAsync(c => c.Kind == CentreKind.Hub);
        var hash = people.PasswordHasher.HashPassword(null!, TestSite.Password);
        for (var i = 0; i < count; i++)
        {
            var email = $"learner{i}@example.org";
            var person = new Person
            {
                Name = $"Learner {i}", UserName = email, NormalizedUserName = people.NormalizeName(email), Email = email, NormalizedEmail = people.NormalizeEmail(email),
                EmailConfirmed = true, CentreId = hub.Id, PasswordHash = hash, SecurityStamp = Guid.NewGuid().ToString("N"), CreatedAt = DateTime.UtcNow,
            };
            db.Add(person);
            added.Add((person.Id, email));
        }
        await db.SaveChangesAsync();
        return added;
    }

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
