using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Network;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Identity;

public sealed class ApiTests(TestSite site) : IClassFixture<TestSite>
{
    [Fact]
    public async Task A_token_is_shown_once_acts_as_its_person_and_is_dead_when_revoked()
    {
        using var browser = await site.SignedInAsync(Role.Administrator);
        using var created = await browser.SubmitAsync("/account/tokens", new() { ["Input.Name"] = "reports" }, "Create");
        var token = (await created.DocumentAsync()).QuerySelector("#shown-once")!.GetAttribute("value")!;
        Assert.StartsWith("sl_", token, StringComparison.Ordinal);
        Assert.DoesNotContain(token, (await browser.PageAsync("/account/tokens")).Body!.InnerHtml, StringComparison.Ordinal);

        using var works = await CallAsync(token, HttpMethod.Get, "/api/v1/users");
        Assert.Equal(HttpStatusCode.OK, works.StatusCode);
        Assert.NotNull(await site.ReadAsync(db => db.ApiTokens.Where(t => t.PersonId == browser.PersonId).Select(t => t.LastUsedAt).SingleAsync()));

        using var revoked = await browser.SubmitAsync("/account/tokens", action: "Revoke");
        using var dead = await CallAsync(token, HttpMethod.Get, "/api/v1/users");
        Assert.Equal(HttpStatusCode.Unauthorized, dead.StatusCode);
    }

    [Fact]
    public async Task A_token_past_its_time_or_of_a_closed_account_or_made_up_is_refused_with_a_problem()
    {
        var old = await TokenAsync(Role.Administrator);
        await site.ReadAsync(db => db.ApiTokens.Where(t => t.PersonId == old.PersonId).ExecuteUpdateAsync(set => set.SetProperty(t => t.ExpiresAt, DateTime.UtcNow.AddSeconds(-1))));
        var closed = await TokenAsync(Role.Administrator);
        await site.ReadAsync(db => db.Users.Where(p => p.Id == closed.PersonId).ExecuteUpdateAsync(set => set.SetProperty(p => p.DeactivatedAt, DateTime.UtcNow)));

        foreach (var token in new[] { old.Token, closed.Token, "sl_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "nonsense" })
        {
            using var reply = await CallAsync(token, HttpMethod.Get, "/api/v1/users");
            await AssertProblemAsync(reply, HttpStatusCode.Unauthorized);
            Assert.Equal("Bearer", reply.Headers.WwwAuthenticate.Single().Scheme);
        }
    }

    [Fact]
    public async Task A_token_has_the_roles_that_its_person_holds_now()
    {
        var (token, person) = await TokenAsync(Role.Learner);
        using var before = await CallAsync(token, HttpMethod.Get, "/api/v1/users");
        await AssertProblemAsync(before, HttpStatusCode.Forbidden);

        await site.RunAsync(async s =>
        {
            var db = s.GetRequiredService<LmsDbContext>();
            var centre = await db.Users.Where(p => p.Id == person).Select(p => p.CentreId).SingleAsync();
            db.Add(new RoleAssignment { PersonId = person, CentreId = centre, Role = Role.CentreManager, GrantedAt = DateTime.UtcNow });
            return await db.SaveChangesAsync();
        });
        using var after = await CallAsync(token, HttpMethod.Get, "/api/v1/users");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task A_cookie_opens_no_api_and_an_unknown_address_there_is_a_problem_too()
    {
        using var admin = await site.SignedInAsync(Role.Administrator);
        using var cookie = await admin.GetAsync("/api/v1/users");
        await AssertProblemAsync(cookie, HttpStatusCode.Unauthorized);
        using var unknown = await CallAsync((await TokenAsync(Role.Learner)).Token, HttpMethod.Get, "/api/v1/nothing");
        await AssertProblemAsync(unknown, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_manager_lists_and_creates_people_of_their_own_centre_only()
    {
        var own = await site.AddCentreAsync();
        var other = await site.AddCentreAsync();
        var theirs = await site.AddPersonAsync(Role.Learner, other.Id);
        var (token, _) = await TokenAsync(Role.CentreManager, own);
        var email = $"{Guid.NewGuid():N}@example.org";

        using var created = await CallAsync(token, HttpMethod.Post, "/api/v1/users", JsonContent.Create(new { name = "Ana Lima", email, language = "fr" }));
        using var twice = await CallAsync(token, HttpMethod.Post, "/api/v1/users", JsonContent.Create(new { name = "Ana Lima", email }));
        using var elsewhere = await CallAsync(token, HttpMethod.Post, "/api/v1/users", JsonContent.Create(new { name = "Ana Lima", email = $"x{email}", centre = other.Slug }));

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        await AssertProblemAsync(twice, HttpStatusCode.UnprocessableEntity);
        await AssertProblemAsync(elsewhere, HttpStatusCode.UnprocessableEntity);
        using var list = await CallAsync(token, HttpMethod.Get, "/api/v1/users?limit=200");
        var text = await list.Content.ReadAsStringAsync();
        Assert.Contains(email, text, StringComparison.Ordinal);
        Assert.DoesNotContain(theirs.Email!, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_changes_nothing_and_the_import_makes_everybody()
    {
        var centre = await site.AddCentreAsync();
        var (token, _) = await TokenAsync(Role.CentreManager, centre);
        var csv = string.Concat("name,email,language\n", string.Concat(Enumerable.Range(0, 300).Select(i => $"\"Lima, Ana {i}\",import{i}@{centre.Slug}.example,fr\n")));

        using var dry = await CallAsync(token, HttpMethod.Post, "/api/v1/users/import?dryRun=true", Csv(csv));
        Assert.Equal(HttpStatusCode.OK, dry.StatusCode);
        Assert.Equal(1, await site.ReadAsync(db => db.Users.CountAsync(p => p.CentreId == centre.Id)));

        using var run = await CallAsync(token, HttpMethod.Post, "/api/v1/users/import", Csv(csv));
        Assert.Equal(300, (await run.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("created").GetInt32());
        Assert.Equal(300, await site.ReadAsync(db => db.Users.CountAsync(p => p.CentreId == centre.Id && p.Language == "fr" && p.Name.StartsWith("Lima, Ana"))));

        using var again = await CallAsync(token, HttpMethod.Post, "/api/v1/users/import", Csv(csv));
        await AssertProblemAsync(again, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(301, await site.ReadAsync(db => db.Users.CountAsync(p => p.CentreId == centre.Id)));
    }

    [Fact]
    public async Task Of_imports_of_one_file_at_once_one_makes_everybody_and_the_others_are_told()
    {
        var centre = await site.AddCentreAsync();
        var (token, _) = await TokenAsync(Role.CentreManager, centre);
        var csv = string.Concat("name,email\n", string.Concat(Enumerable.Range(0, 200).Select(i => $"Ana Lima,{i}@{centre.Slug}.example\n")));

        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => CallAsync(token, HttpMethod.Post, "/api/v1/users/import", Csv(csv))));

        Assert.Single(replies, r => r.StatusCode == HttpStatusCode.OK);
        foreach (var reply in replies.Where(r => r.StatusCode != HttpStatusCode.OK)) await AssertProblemAsync(reply, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(201, await site.ReadAsync(db => db.Users.CountAsync(p => p.CentreId == centre.Id)));
    }

    [Fact]
    public async Task A_token_form_sent_many_times_at_once_makes_one_token()
    {
        using var browser = await site.SignedInAsync();
        var form = await browser.FieldsAsync("/account/tokens", ("Input.Name", "reports"), ("Input.Days", 90));

        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => browser.PostAsync("/account/tokens?handler=Create", form)));

        Assert.All(replies, r => Assert.Equal(HttpStatusCode.OK, r.StatusCode));
        Assert.Equal(1, await site.ReadAsync(db => db.ApiTokens.CountAsync(t => t.PersonId == browser.PersonId)));
    }

    [Theory]
    [InlineData("name,email\nAna,ana-at-example\n", 2, "email")]
    [InlineData("name,email\n\n123,x1@import.example\n", 3, "name")]
    [InlineData("name,email\nAna,x2@import.example\nAna,X2@import.example\n", 3, "email")]
    [InlineData("name,email,language\nAna,x3@import.example,xx\n", 2, "language")]
    [InlineData("name,email,centre\nAna,x4@import.example,hub\n", 2, "centre")]
    [InlineData("name,mail\nAna,x5@import.example\n", 1, "mail")]
    [InlineData("email\nx6@import.example\n", 1, "name")]
    public async Task A_bad_row_refuses_the_file_and_is_named(string csv, int row, string column)
    {
        var centre = await site.AddCentreAsync();
        var (token, _) = await TokenAsync(Role.CentreManager, centre);
        using var reply = await CallAsync(token, HttpMethod.Post, "/api/v1/users/import", Csv(csv));

        var findings = (await AssertProblemAsync(reply, HttpStatusCode.UnprocessableEntity)).GetProperty("findings").EnumerateArray().ToList();
        Assert.Contains(findings, f => f.GetProperty("row").GetInt32() == row && f.GetProperty("column").GetString() == column && f.GetProperty("message").GetString()!.Length > 10);
        Assert.Equal(1, await site.ReadAsync(db => db.Users.CountAsync(p => p.CentreId == centre.Id)));
    }

    [Fact]
    public async Task The_import_page_shows_what_to_mend()
    {
        var centre = await site.AddCentreAsync();
        using var manager = await site.SignedInAsync(Role.CentreManager, centre.Id);
        using var bad = await manager.SubmitAsync("/admin/people/import", new() { ["Csv"] = "name,email\nAna,nobody\n", ["dryRun"] = "true" });
        Assert.Contains("Write an e-mail address", (await bad.DocumentAsync()).QuerySelector("table.data")!.TextContent, StringComparison.Ordinal);

        using var good = await manager.SubmitAsync("/admin/people/import", new() { ["Csv"] = $"name,email\nAna,ana@{centre.Slug}.example\n", ["dryRun"] = "false" });
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal(2, await site.ReadAsync(db => db.Users.CountAsync(p => p.CentreId == centre.Id)));
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        using var visitor = site.Visitor();
        using var reply = await visitor.GetAsync("/openapi/v1.json");
        var paths = (await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("paths").EnumerateObject().Select(p => p.Name).ToList();
        Assert.Contains("/api/v1/users/import", paths);
        Assert.All(paths, path => Assert.StartsWith("/api/v1/", path, StringComparison.Ordinal));
    }

    private static StringContent Csv(string text) => new(text, Encoding.UTF8, "text/csv");

    private async Task<(string Token, Guid PersonId)> TokenAsync(Role role, Centre? centre = null)
    {
        var person = await site.AddPersonAsync(role, centre?.Id);
        return (await site.RunAsync(async s => (await s.GetRequiredService<ApiTokens>().CreateAsync(person.Id, "test", 30, default)).Token!), person.Id);
    }

    private async Task<HttpResponseMessage> CallAsync(string token, HttpMethod method, string path, HttpContent? body = null)
    {
        using var client = new HttpClient { BaseAddress = site.Address };
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return await client.SendAsync(request);
    }

    private static async Task<JsonElement> AssertProblemAsync(HttpResponseMessage reply, HttpStatusCode status)
    {
        Assert.Equal(status, reply.StatusCode);
        Assert.Equal("application/problem+json", reply.Content.Headers.ContentType?.MediaType);
        var problem = await reply.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("title").GetString()));
        return problem;
    }
}
