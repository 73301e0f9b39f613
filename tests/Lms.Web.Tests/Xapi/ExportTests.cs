using System.Net;
using System.Text.Json;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Parquet;

namespace Lms.Web.Tests.Xapi;

/// <summary>All statements as a file: exact, streamed, and to be gone on with.</summary>
public sealed class ExportTests(TestSite site) : IClassFixture<TestSite>
{
    private const string Export = "/api/v1/statements/export";
    private const string Through = "X-Experience-API-Consistent-Through";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_line_is_a_statement_exactly_as_the_store_gives_it()
    {
        using var system = await Lrs.AddAsync(site, (await site.AddCentreAsync()).Id, "all");
        var ids = await system.StoreAsync(
            Statements.Of("http://example.org/a", more: ""","timestamp":"2026-01-31T13:45:00.123+02:00","result":{"score":{"scaled":0.50},"response":"é\u0000\n "}"""),
            "{\n  \"actor\": " + Statements.Actor + ",\r\n\t\"verb\": {\"id\": \"http://example.org/v\"},\n\"object\":{\"id\":\"http://example.org/a\"}\n}");

        using var reply = await system.OpenAsync("GET", Export);
        var lines = (await reply.Content.ReadAsStringAsync(Ct)).Split('\n');
        Assert.Equal("application/jsonl", reply.Content.Headers.ContentType?.MediaType);
        Assert.Equal((3, ""), (lines.Length, lines[^1]));
        for (var i = 0; i < ids.Count; i++)
            Assert.Equal((await system.TextAsync($"/xapi/statements?statementId={ids[i]}")).Replace('\n', ' ').Replace('\r', ' '), lines[i]);
    }

    [Fact]
    public async Task The_filters_are_those_of_the_store_and_voided_statements_are_left_out()
    {
        using var system = await Lrs.AddAsync(site, (await site.AddCentreAsync()).Id, "all");
        var (activity, verb, registration) = (Statements.NewActivity(), $"http://example.org/verbs/{Guid.NewGuid():N}", Guid.NewGuid());
        await system.StoreAsync(Statements.Of(activity), Statements.Of(Statements.NewActivity(), verb), Statements.Of(activity, verb, more: $$$""","context":{"registration":"{{{registration}}}"}"""));
        var voided = (await system.StoreAsync(Statements.Of(activity, verb)))[0];
        await system.StoreAsync(Statements.Voiding(voided));
        var middle = (await system.JsonAsync($"/xapi/statements?verb={verb}&limit=1&ascending=true")).GetProperty("statements")[0].GetProperty("stored").GetString()!;

        foreach (var query in new[] { "", $"activity={activity}", $"verb={verb}", $"registration={registration}", $"activity={activity}&verb={verb}", $"since={middle}", $"until={middle}", $"agent={Uri.EscapeDataString(Statements.Actor)}" })
        {
            var expected = await system.FindAllAsync($"{query}&ascending=true");
            Assert.NotEmpty(expected);
            Assert.Equal(expected, Ids(await system.TextAsync($"{Export}?{query}")));
        }
    }

    [Fact]
    public async Task A_table_is_right_to_the_letter_and_starts_no_formula()
    {
        using var system = await Lrs.AddAsync(site, (await site.AddCentreAsync()).Id, "all");
        await system.StoreAsync("""
            {"id":"0190b3a4-0000-7000-8000-00000000000a","timestamp":"2026-01-31T13:45:00Z","actor":{"account":{"homePage":"https://lms.example","name":"7"},"name":"=cmd|' /C calc'!A0"},
             "verb":{"id":"http://example.org/v","display":{"en":"said \"yes\", twice","fr":"dit oui"}},"object":{"id":"http://example.org/a","definition":{"name":{"en":"Line\nbreak"}}},
             "result":{"score":{"scaled":-0.5,"raw":1e2},"success":true,"response":"-1+1"},"context":{"language":"en","platform":"+x"}}
            """);
        const string columns = "id,actor.name,actor.id,verb.display,object.name,result.score.scaled,result.score.raw,result.success,result.completion,result.response,timestamp,platform,language,version";

        var csv = await system.TextAsync($"{Export}?format=csv&columns={columns}");

        Assert.Equal($"{columns}\r\n0190b3a4-0000-7000-8000-00000000000a,'=cmd|' /C calc'!A0,account|https://lms.example|7,\"said \"\"yes\"\", twice\",\"Line\nbreak\",-0.5,100,true,,'-1+1,2026-01-31T13:45:00.0000000Z,'+x,en,1.0.0\r\n", csv);
        system.Http.DefaultRequestHeaders.AcceptLanguage.Add(new("fr"));
        Assert.EndsWith("dit oui\r\n", await system.TextAsync($"{Export}?format=csv&columns=verb.display"), StringComparison.Ordinal);
        Assert.StartsWith("id,stored,timestamp,actor.name,actor.id,verb.id,", await system.TextAsync($"{Export}?format=csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parquet_file_holds_the_same_table()
    {
        using var system = await Lrs.AddAsync(site, (await site.AddCentreAsync()).Id, "all");
        var ids = new List<Guid>();
        for (var i = 0; i < 4; i++)
            ids.AddRange(await system.StoreAsync(Enumerable.Range(i * 3_000, 3_000).Select(n => Statements.Of($"http://example.org/{n}", more: n % 2 == 0 ? $$""","result":{"score":{"raw":{{n}}},"success":true}""" : ""))));

        using var reply = await system.OpenAsync("GET", $"{Export}?format=parquet&columns=id,stored,object.id,result.score.raw,result.success");
        using var file = new MemoryStream(await reply.Content.ReadAsByteArrayAsync(Ct));
        await using var parquet = await ParquetReader.CreateAsync(file, cancellationToken: Ct);
        var found = new List<string>();
        var scores = new List<double?>();
        var fields = parquet.Schema.GetDataFields();
        Assert.True(parquet.RowGroupCount > 1);
        for (var i = 0; i < parquet.RowGroupCount; i++)
        {
            using var group = parquet.OpenRowGroupReader(i);
            var count = (int)group.RowCount;
            var text = new string?[count];
            await group.ReadAsync(fields[0], text.AsMemory(), cancellationToken: Ct);
            found.AddRange(text!);
            var raw = new double?[count];
            await group.ReadAsync<double>(fields[3], raw.AsMemory(), cancellationToken: Ct);
            scores.AddRange(raw);
        }
        Assert.Equal(["id", "stored", "object.id", "result.score.raw", "result.success"], fields.Select(f => f.Name));
        Assert.Equal(ids.Select(id => id.ToString()), found);
        Assert.Equal(Enumerable.Range(0, 12_000).Select(n => n % 2 == 0 ? (double?)n : null), scores);
    }

    [Theory]
    [InlineData("format=xml")]
    [InlineData("format=csv&columns=id,shoe")]
    [InlineData("format=csv&columns=id,id")]
    [InlineData("columns=id")]
    [InlineData("limit=3")]
    [InlineData("verb=walked")]
    [InlineData("since=1&since=2")]
    [InlineData("centre=nowhere")]
    public async Task A_request_that_makes_no_sense_is_told_so(string query)
    {
        using var system = await Lrs.AddAsync(site, null, "all");
        using var reply = await system.OpenAsync("GET", $"{Export}?{query}");
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (reply.StatusCode, reply.Content.Headers.ContentType?.MediaType));
        Assert.True(JsonSerializer.Deserialize<JsonElement>(await reply.Content.ReadAsStringAsync(Ct)).GetProperty("findings")[0].GetProperty("cure").GetString()!.Length > 5);
    }

    [Fact]
    public async Task Staff_of_several_centres_say_which_one()
    {
        var (own, second, other) = (await site.AddCentreAsync(), await site.AddCentreAsync(), await site.AddCentreAsync());
        var (token, lines) = (await TokenAsync(Role.Instructor, own.Id, second.Id), new Dictionary<string, int>());
        foreach (var centre in new[] { own, second, second, other })
        {
            using var system = await Lrs.AddAsync(site, centre.Id, "all");
            await system.StoreAsync(Statements.Of(Statements.NewActivity()));
        }
        Assert.Equal((HttpStatusCode.OK, 1), await CountAsync(token, ""));
        Assert.Equal((HttpStatusCode.OK, 2), await CountAsync(token, $"?centre={second.Slug}"));
        Assert.Equal(HttpStatusCode.BadRequest, (await CountAsync(token, $"?centre={other.Slug}")).Item1);
        Assert.Equal((HttpStatusCode.OK, 2), await CountAsync(await TokenAsync(Role.Auditor), $"?centre={second.Slug}"));
        Assert.Equal(HttpStatusCode.Forbidden, (await CountAsync(await TokenAsync(Role.Learner, own.Id), "")).Item1);
    }

    [Fact]
    public async Task What_comes_while_others_write_is_complete_and_goes_on_without_a_gap()
    {
        using var system = await Lrs.AddAsync(site, (await site.AddCentreAsync()).Id, "all");
        var activity = Statements.NewActivity();
        var writers = Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            var ids = new List<Guid>();
            for (var i = 0; i < 60; i++) ids.AddRange(await system.StoreAsync(Statements.Of(activity), Statements.Of(activity)));
            return ids;
        }, Ct)).ToList();

        var exported = new List<Guid>();
        for (var since = ""; ;)
        {
            var last = writers.TrueForAll(w => w.IsCompleted);
            using var reply = await system.OpenAsync("GET", $"{Export}?activity={activity}{since}");
            exported.AddRange(Ids(await reply.Content.ReadAsStringAsync(Ct)));
            since = $"&since={reply.Headers.GetValues(Through).Single()}";
            if (last) break;
        }
        Assert.Equal((await Task.WhenAll(writers)).SelectMany(ids => ids).Order(), exported.Order());
    }

    /// <summary>What the description of the API warns of: a filter can't know in advance what a statement will refer to.</summary>
    [Fact]
    public async Task A_reference_to_what_comes_later_is_found_at_its_own_place_from_then_on()
    {
        using var system = await Lrs.AddAsync(site, (await site.AddCentreAsync()).Id, "all");
        var (activity, target) = (Statements.NewActivity(), Guid.NewGuid());
        var reference = (await system.StoreAsync(Statements.Referring(target)))[0];
        using var first = await system.OpenAsync("GET", $"{Export}?activity={activity}");
        Assert.Empty(Ids(await first.Content.ReadAsStringAsync(Ct)));
        await system.StoreAsync(Statements.Of(activity, more: $$""","id":"{{target}}" """));

        Assert.Equal([target], Ids(await system.TextAsync($"{Export}?activity={activity}&since={first.Headers.GetValues(Through).Single()}")));
        Assert.Equal([reference, target], Ids(await system.TextAsync($"{Export}?activity={activity}")));
        Assert.Equal([reference, target], Ids(await system.TextAsync(Export)));
    }

    [Fact]
    public async Task How_to_export_and_to_listen_is_described()
    {
        using var visitor = site.Visitor();
        var paths = JsonSerializer.Deserialize<JsonElement>(await visitor.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Ct)).GetProperty("paths");
        foreach (var (path, parameter) in new[] { (Export, "since"), (Export, "columns"), ("/api/v1/statements/live", "Last-Event-ID"), ("/api/v1/statements/live", "verb") })
            Assert.Contains(paths.GetProperty(path).GetProperty("get").GetProperty("parameters").EnumerateArray(), p => p.GetProperty("name").GetString() == parameter && p.GetProperty("description").GetString()!.Length > 10);
    }

    private async Task<string> TokenAsync(Role role, Guid? centre = null, params Guid[] more)
    {
        var person = await site.AddPersonAsync(role, centre);
        return await site.RunAsync(async s =>
        {
            var db = s.GetRequiredService<LmsDbContext>();
            foreach (var place in more) db.Add(new RoleAssignment { PersonId = person.Id, CentreId = place, Role = role, GrantedAt = DateTime.UtcNow });
            await db.SaveChangesAsync(Ct);
            return (await s.GetRequiredService<ApiTokens>().CreateAsync(person.Id, "export", 30, Ct)).Token!;
        });
    }

    private async Task<(HttpStatusCode, int)> CountAsync(string token, string query)
    {
        using var client = new HttpClient { BaseAddress = site.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var reply = await client.GetAsync(new Uri(Export + query, UriKind.Relative), Ct);
        return (reply.StatusCode, (await reply.Content.ReadAsStringAsync(Ct)).Count(c => c == '\n'));
    }

    internal static List<Guid> Ids(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<JsonElement>(l).GetProperty("id").GetGuid())];
}
