using System.Net;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Network;
using Lms.Web.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lms.Web.Tests.Identity;

public sealed class PersonAdministrationTests(TestSite site) : IClassFixture<TestSite>
{
    [Fact]
    public async Task Deactivating_ends_the_sessions_and_refuses_sign_in_until_the_account_is_opened_again()
    {
        site.Services.GetRequiredService<IOptions<SecurityStampValidatorOptions>>().Value.ValidationInterval = TimeSpan.Zero;
        using var admin = await site.SignedInAsync(Role.Administrator);
        using var learner = await site.SignedInAsync();
        await learner.PageAsync("/account");
        var email = await site.ReadAsync(db => db.Users.Where(p => p.Id == learner.PersonId).Select(p => p.Email!).SingleAsync());

        using var close = await admin.SubmitAsync($"/admin/people/{learner.PersonId}", action: "Deactivate");
        Assert.Equal(HttpStatusCode.Redirect, close.StatusCode);
        using var ended = await learner.GetAsync("/account");
        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        Assert.Contains("account is closed", await SignInTextAsync(email, TestSite.Password), StringComparison.Ordinal);
        Assert.Contains("is not right", await SignInTextAsync(email, "some other password"), StringComparison.Ordinal);

        using var open = await admin.SubmitAsync($"/admin/people/{learner.PersonId}", action: "Reactivate");
        using var again = await site.SignInAsync(email);
        await again.PageAsync("/account");
    }

    [Fact]
    public async Task A_password_link_works_once_and_unlocks()
    {
        using var admin = await site.SignedInAsync(Role.Administrator);
        var person = await site.AddPersonAsync();
        for (var i = 0; i < 6; i++) await SignInTextAsync(person.Email!, "wrong password");
        Assert.Contains("Too many wrong tries", await SignInTextAsync(person.Email!, TestSite.Password), StringComparison.Ordinal);

        using var made = await admin.SubmitAsync($"/admin/people/{person.Id}", action: "ResetLink");
        var link = new Uri((await made.DocumentAsync()).QuerySelector("#shown-once")!.GetAttribute("value")!).AbsolutePath;
        using var visitor = site.Visitor();
        using var reset = await visitor.SubmitAsync(link, new() { ["Input.Password"] = "a new long password" });
        Assert.Equal(HttpStatusCode.Redirect, reset.StatusCode);
        using var used = await visitor.GetAsync(link);
        Assert.Equal(HttpStatusCode.Gone, used.StatusCode);

        using var signIn = await visitor.SubmitAsync("/account/sign-in", new() { ["Input.Email"] = person.Email!, ["Input.Password"] = "a new long password" });
        Assert.Equal(HttpStatusCode.Redirect, signIn.StatusCode);
    }

    [Fact]
    public async Task A_granted_role_opens_its_pages_and_a_revoked_one_closes_them()
    {
        site.Services.GetRequiredService<IOptions<SecurityStampValidatorOptions>>().Value.ValidationInterval = TimeSpan.Zero;
        using var admin = await site.SignedInAsync(Role.Administrator);
        using var person = await site.SignedInAsync();
        var hub = await site.ReadAsync(db => db.Centres.FirstAsync(c => c.Kind == CentreKind.Hub));
        var page = $"/admin/people/{person.PersonId}";

        for (var twice = 0; twice < 2; twice++)
        {
            using var grant = await admin.SubmitAsync(page, new() { ["role"] = nameof(Role.CentreManager), ["centre"] = hub.Id.ToString() }, "Grant");
            Assert.Equal(HttpStatusCode.Redirect, grant.StatusCode);
        }
        Assert.Equal(1, await site.ReadAsync(db => db.RoleAssignments.CountAsync(r => r.PersonId == person.PersonId)));
        await person.PageAsync("/admin/people");

        using var revoke = await admin.SubmitAsync(page, action: "Revoke");
        using var refused = await person.GetAsync("/admin/people");
        Assert.Contains("/status/403", refused.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_administrators_who_remove_each_other_at_once_one_stays()
    {
        await using var alone = new TestSite([]);
        await alone.InitializeAsync();
        using var one = await alone.SignedInAsync(Role.Administrator);
        using var two = await alone.SignedInAsync(Role.Administrator);
        var first = await alone.ReadAsync(db => db.Users.SingleAsync(p => p.Email == "admin@example.org"));
        using var gone = await one.SubmitAsync($"/admin/people/{first.Id}", action: "Deactivate");

        await Task.WhenAll(one.SubmitAsync($"/admin/people/{two.PersonId}", action: "Revoke"), two.SubmitAsync($"/admin/people/{one.PersonId}", action: "Revoke"));

        Assert.Equal(1, await alone.ReadAsync(db => db.RoleAssignments.CountAsync(r => r.Role == Role.Administrator && r.PersonId != first.Id)));
    }

    [Fact]
    public async Task Search_finds_the_start_of_a_name_without_regard_to_case_or_accents_and_the_start_of_an_address()
    {
        var centre = await site.AddCentreAsync();
        using var manager = await site.SignedInAsync(Role.CentreManager, centre.Id);
        var elodie = await site.AddPersonAsync(Role.Learner, centre.Id, "Élodie N’Diaye");
        await site.AddPersonAsync(Role.Learner, centre.Id, "Marc Élodie");

        foreach (var search in new[] { "elod", "ÉLODIE N", "élodie", elodie.Email![..12] })
        {
            var rows = (await manager.PageAsync($"/admin/people?q={Uri.EscapeDataString(search)}")).QuerySelectorAll("table tbody tr");
            Assert.Contains(elodie.Email!, Assert.Single(rows).TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_list_is_walked_page_by_page_without_missing_or_repeating_anybody()
    {
        var centre = await site.AddCentreAsync();
        using var manager = await site.SignedInAsync(Role.CentreManager, centre.Id, "Manager");
        await site.RunAsync(async s =>
        {
            var db = s.GetRequiredService<LmsDbContext>();
            for (var i = 0; i < 120; i++)
                db.Add(new Person { Name = $"Same Name {i % 3}", UserName = $"{Guid.NewGuid():N}", Email = $"{i}@{centre.Slug}.example", CentreId = centre.Id });
            return await db.SaveChangesAsync();
        });

        List<string> seen = [];
        for (string? next = "/admin/people?q=same"; next is not null;)
        {
            var page = await manager.PageAsync(next);
            seen.AddRange(page.QuerySelectorAll("table tbody tr a").Select(a => a.GetAttribute("href")!));
            next = page.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }
        Assert.Equal(120, seen.Count);
        Assert.Equal(120, seen.Distinct().Count());
    }

    private async Task<string> SignInTextAsync(string email, string password)
    {
        using var browser = site.Visitor();
        using var reply = await browser.SubmitAsync("/account/sign-in", new() { ["Input.Email"] = email, ["Input.Password"] = password });
        return await reply.Content.ReadAsStringAsync();
    }
}
