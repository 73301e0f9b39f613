using System.Text.Json.Nodes;
using Lms.Web.Features.Identity;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Xapi;

public sealed class CountingTests(TestSite site) : IClassFixture<TestSite>
{
    [Fact]
    public async Task Counts_follow_statements_voids_and_restarts()
    {
        var centre = await site.AddCentreAsync();
        using var sender = await Lrs.AddAsync(site, centre.Id);
        var activity = $"https://example.org/{Guid.NewGuid():N}";
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++) ids.Add(await sender.SendAsync(Sample.By($"c{i}@sender.example", activity: activity)));
        await site.CountAsync();
        Assert.Equal(5, await Counted.OfAsync(site, activity));
        Assert.Equal(5, await Counted.OfAsync(site, activity, centre.Id));

        await sender.SendAsync(Sample.Voiding(ids[0]));
        await sender.SendAsync(Sample.Voiding(ids[0]));
        await site.CountAsync();
        Assert.Equal(4, await Counted.OfAsync(site, activity));

        // One that is voided before it comes was never counted.
        var late = Guid.NewGuid();
        await sender.SendAsync(Sample.Voiding(late));
        await sender.SendAsync(Sample.By("late@sender.example", activity: activity, id: late));
        await site.CountAsync();
        Assert.Equal(4, await Counted.OfAsync(site, activity));

        await site.RestartAsync();
        using var again = await Lrs.AddAsync(site, centre.Id);
        await again.SendAsync(Sample.By("after@sender.example", activity: activity));
        await site.CountAsync();
        Assert.Equal(5, await Counted.OfAsync(site, activity, centre.Id));
        Assert.Equal(5, await Counted.OfAsync(site, activity));
    }

    [Fact]
    public async Task Another_centre_voids_nothing_and_its_counts_are_its_own()
    {
        var (one, two) = (await site.AddCentreAsync(), await site.AddCentreAsync());
        using var sender = await Lrs.AddAsync(site, one.Id);
        using var stranger = await Lrs.AddAsync(site, two.Id);
        var activity = $"https://example.org/{Guid.NewGuid():N}";
        var id = await sender.SendAsync(Sample.By("c@sender.example", activity: activity));
        await stranger.SendAsync(Sample.Voiding(id));
        await stranger.SendAsync(Sample.By("d@sender.example", activity: activity));
        await site.CountAsync();
        Assert.Equal(1, await Counted.OfAsync(site, activity, one.Id));
        Assert.Equal(1, await Counted.OfAsync(site, activity, two.Id));
        Assert.Equal(2, await Counted.OfAsync(site, activity));
    }

    [Fact]
    public async Task A_courses_page_shows_how_far_registrations_came_and_which_questions_are_hard()
    {
        using var sender = await Lrs.AddAsync(site);
        var course = $"https://example.org/course-{Guid.NewGuid():N}";
        var passed = await SendAsync(Registration(), "passed", $"{course}/quiz", parent: course);
        for (var i = 0; i < 3; i++)
        {
            var registration = Registration();
            await SendAsync(registration, "registered", course);
            await SendAsync(registration, "progressed", course);
            await SendAsync(registration, "progressed", course);
            await SendAsync(registration, "answered", $"{course}/hard", parent: course, success: i == 0);
            await SendAsync(registration, "answered", $"{course}/easy", parent: course, success: true);
        }
        await site.CountAsync();
        using var auditor = await site.SignedInAsync(Role.Auditor);
        var id = await site.ReadAsync(db => Task.FromResult(db.XapiActivities.Single(a => a.Name == course).Id));
        var page = await auditor.PageAsync($"/statements/activities/{id}");
        Assert.Equal(["3 · 100 %", "0 · 0 %", "3 · 100 %", "0 · 0 %", "1 · 33 %", "0 · 0 %"], Numbers(page, "How far"));
        Assert.Equal(["33 % of 3", "100 % of 3"], Numbers(page, "Share of right"));

        await sender.SendAsync(Sample.Voiding(passed));
        await site.CountAsync();
        Assert.Equal("0 · 0 %", Numbers(await auditor.PageAsync($"/statements/activities/{id}"), "How far")[4]);

        static string Registration() => Guid.NewGuid().ToString();
        static List<string> Numbers(AngleSharp.Html.Dom.IHtmlDocument page, string title) =>
            [.. page.QuerySelectorAll("figure.chart").Single(f => f.QuerySelector("figcaption")!.TextContent.StartsWith(title, StringComparison.Ordinal))
                .QuerySelectorAll("tbody td").Select(td => td.TextContent.Replace('\u202f', ' '))];

        Task<Guid> SendAsync(string registration, string verb, string activity, string? parent = null, bool? success = null)
        {
            var statement = Sample.By($"{registration}@sender.example", $"http://adlnet.gov/expapi/verbs/{verb}", activity);
            statement["context"] = new JsonObject { ["registration"] = registration };
            if (parent is not null) statement["context"]!["contextActivities"] = new JsonObject { ["parent"] = new JsonArray(new JsonObject { ["id"] = parent }) };
            if (success is { } right) statement["result"] = new JsonObject { ["success"] = right };
            return sender.SendAsync(statement);
        }
    }

    [Fact]
    public async Task The_charts_page_draws_what_the_centre_may_see()
    {
        var centre = await site.AddCentreAsync();
        using var auditor = await site.SignedInAsync(Role.Auditor, centre.Id);
        Assert.NotNull((await auditor.PageAsync("/statements/charts")).QuerySelector(".empty"));
        using var sender = await Lrs.AddAsync(site, centre.Id);
        await sender.SendAsync(Sample.By("chart@sender.example"));
        await site.CountAsync();
        var page = await auditor.PageAsync("/statements/charts?days=7");
        Assert.Equal(7, page.QuerySelectorAll("figure.chart")[0].QuerySelectorAll("tbody tr").Length);
        Assert.Equal("1", page.QuerySelectorAll("figure.chart")[0].QuerySelectorAll("tbody tr td")[^1].TextContent);
    }
}
