using System.Net;
using System.Text.Json.Nodes;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Xapi.Privacy;
using Lms.Web.Jobs;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Xapi;

public sealed class RetentionTests : IAsyncLifetime
{
    private readonly TestSite _site = new();

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_rule_shows_what_it_would_do_and_deletes_only_when_it_is_on()
    {
        var centre = await _site.AddCentreAsync();
        using var sender = await Lrs.AddAsync(_site, centre.Id);
        var activity = $"https://example.org/{Guid.NewGuid():N}";
        var old = new List<Guid>();
        for (var i = 0; i < 3; i++) old.Add(await sender.SendAsync(Sample.By($"old{i}@gone.example", activity: activity)));
        await AgeAsync(old);
        var comment = Sample.By("critic@sender.example", "http://adlnet.gov/expapi/verbs/commented");
        comment["object"] = new JsonObject { ["objectType"] = "StatementRef", ["id"] = old[0].ToString() };
        var young = await sender.SendAsync(comment);
        await sender.SendAsync(Sample.By("new@sender.example", activity: activity));
        await _site.CountAsync();
        Assert.Equal(2, await sender.CountAsync($"activity={activity}&{Sample.ByMail("old0@gone.example")}"));

        using var manager = await _site.SignedInAsync(Role.CentreManager, centre.Id);
        Assert.Equal(HttpStatusCode.Redirect, (await manager.SubmitAsync("/statements/privacy", new() { ["months"] = "12", ["action"] = "Delete" }, "Add")).StatusCode);
        var page = await manager.PageAsync("/statements/privacy");
        Assert.Contains("about 3 statements", page.QuerySelector(".panel-box")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(3, await _site.ReadAsync(db => db.Statements.CountAsync(s => old.Contains(s.Id))));

        await manager.SubmitAsync("/statements/privacy", new() { ["sure"] = "true" }, "On");
        await _site.RunJobsAsync();
        Assert.Equal(0, await _site.ReadAsync(db => db.Statements.CountAsync(s => old.Contains(s.Id))));
        Assert.Equal(1, await sender.CountAsync($"activity={activity}"));
        // What refers to a deleted statement stays, and is no longer found by what that said.
        Assert.Equal(0, await sender.CountAsync($"activity={activity}&{Sample.ByMail("old0@gone.example")}"));
        Assert.Equal(young.ToString(), (await sender.QueryAsync($"statementId={young}")).GetProperty("id").GetString());
        Assert.Equal(1, await Counted.OfAsync(_site, activity, centre.Id));
        Assert.False(await _site.ReadAsync(db => db.XapiAgents.AnyAsync(a => a.Name == "mbox|mailto:old1@gone.example")));
        Assert.Empty(await _site.ReadAsync(db => db.Outbox.Where(m => m.Job == nameof(ApplyRetention)).ToListAsync()));

        // What has grown old since goes in the night.
        var later = await sender.SendAsync(Sample.By("later@gone.example", activity: activity));
        await AgeAsync([later]);
        await _site.CountAsync();
        await _site.RunAsync(async services => { await services.GetRequiredService<StartRetention>().RunAsync(new TimeCame(DateTime.UtcNow), default); return true; });
        await _site.RunJobsAsync();
        Assert.False(await _site.ReadAsync(db => db.Statements.AnyAsync(s => s.Id == later)));
    }

    [Fact]
    public async Task Pseudonyms_keep_together_what_somebody_did()
    {
        var centre = await _site.AddCentreAsync();
        using var sender = await Lrs.AddAsync(_site, centre.Id);
        var ids = new List<Guid>();
        for (var i = 0; i < 4; i++)
        {
            var statement = Sample.By($"pseudo{i % 2}@gone.example", activity: i == 3 ? "https://example.org/other" : "https://example.org/typed");
            if (i != 3) statement["object"]!["definition"] = new JsonObject { ["type"] = "https://example.org/type" };
            ids.Add(await sender.SendAsync(statement));
        }
        await AgeAsync(ids);
        await _site.CountAsync();
        using var manager = await _site.SignedInAsync(Role.CentreManager, centre.Id);
        await manager.SubmitAsync("/statements/privacy", new() { ["months"] = "12", ["action"] = "Pseudonymise", ["activityType"] = "https://example.org/type" }, "Add");
        await manager.SubmitAsync("/statements/privacy", new() { ["sure"] = "true" }, "On");
        await _site.RunJobsAsync();
        var names = new List<string>();
        foreach (var id in ids.Take(3)) names.Add((await sender.QueryAsync($"statementId={id}")).GetProperty("actor").GetProperty("account").GetProperty("name").GetString()!);
        Assert.Equal(names[0], names[2]);
        Assert.NotEqual(names[0], names[1]);
        Assert.Equal("mailto:pseudo1@gone.example", (await sender.QueryAsync($"statementId={ids[3]}")).GetProperty("actor").GetProperty("mbox").GetString());
        Assert.Equal(0, await sender.CountAsync(Sample.ByMail("pseudo0@gone.example")));
        Assert.Equal(1, await sender.CountAsync(Sample.ByMail("pseudo1@gone.example")));

        // A message that comes again does nothing.
        var rule = await _site.ReadAsync(db => db.RetentionRules.SingleAsync());
        await _site.RunAsync(async services => { await services.GetRequiredService<ApplyRetention>().RunAsync(new RetentionDue(rule.Id, rule.Step - 1), default); return true; });
        Assert.Equal(rule.Step, await _site.ReadAsync(db => db.RetentionRules.Select(r => r.Step).SingleAsync()));
    }

    /// <summary>Moves statements and their links two years back, as if they had come then.</summary>
    private Task<bool> AgeAsync(List<Guid> ids) => _site.ReadAsync(async db =>
    {
        await _site.CountAsync();
        var shift = TimeSpan.FromDays(730).Ticks;
        var sequences = await db.Statements.Where(s => ids.Contains(s.Id)).Select(s => s.Sequence).ToListAsync();
        foreach (var sequence in sequences)
            foreach (var table in new[] { "Statements", "StatementVerbs", "StatementAgents", "StatementActivities", "StatementRegistrations" })
#pragma warning disable EF1002 // The names of tables are ours.
                await db.Database.ExecuteSqlRawAsync($"UPDATE \"{table}\" SET \"Sequence\" = \"Sequence\" - {{0}} WHERE \"Sequence\" = {{1}}", shift, sequence);
#pragma warning restore EF1002
        // Counted on the day where they now are.
        await db.Database.ExecuteSqlRawAsync("UPDATE \"StatementCounts\" SET \"Day\" = \"Day\" - 730");
        return true;
    });
}
