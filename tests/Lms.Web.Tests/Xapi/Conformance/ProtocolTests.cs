using System.Text;
using System.Text.Json.Nodes;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Xapi.Conformance;

/// <summary>HEAD, versions, the alternate request syntax and error codes. (Communication 1.1 to 1.4, 3.2, 3.3)</summary>
[Collection<LrsCollection>]
public sealed class ProtocolTests(LrsSite site)
{
    private const string Version = "X-Experience-API-Version";

    [Fact]
    [Requirement("XAPI-00125", "XAPI-00126")]
    public async Task HEAD_is_GET_without_the_body()
    {
        foreach (var lrs in site.Both)
        {
            var state = new DocumentAddress(DocumentResource.State);
            (await state.PutAsync(lrs, "{}")).Expect(204);
            var id = await lrs.StoreOneAsync(Sample.Statement());
            foreach (var path in new[]
            {
                "about", $"statements?statementId={id}", $"statements?statementId={Sample.NewId()}", Lrs.At("statements", ("verb", "https://example.org/verbs/tried"), ("until", "2026-01-01T00:00:00Z")),
                "statements?limit=1&format=canonical", "statements?limit=1&attachments=true", "statements?limit=x", state.Path, state.With(("stateId", null)), state.With(("stateId", "none")),
                Lrs.At("agents", ("agent", Sample.NewAgent())), Lrs.At("activities", ("activityId", Sample.NewIri())), "activities", new DocumentAddress(DocumentResource.AgentProfile).Path,
                new DocumentAddress(DocumentResource.ActivityProfile).Path,
            })
            {
                var (get, head) = (await lrs.GetAsync(path), await lrs.SendAsync(HttpMethod.Head, path));
                Assert.Equal((path, get.Status), (path, head.Status));
                Assert.Empty(head.Body);
                foreach (var header in new[] { Version, "ETag", "Last-Modified" }) Assert.Equal(get.Header(header), head.Header(header));
                Assert.Equal(get.ContentType?.Split(';')[0], head.ContentType?.Split(';')[0]);
            }
        }
    }

    [Theory]
    [InlineData("1.0", "1.0.3")]
    [InlineData("1.0.0", "1.0.3")]
    [InlineData("1.0.3", "1.0.3")]
    [InlineData("1.0.9", "1.0.3")]
    [InlineData("2.0", "2.0.0")]
    [InlineData("2.0.0", "2.0.0")]
    [InlineData("2.0.1", "2.0.0")]
    [InlineData("0.95", null)]
    [InlineData("1.1.0", null)]
    [InlineData("3.0.0", null)]
    [InlineData("1", null)]
    [InlineData("1.0.x", null)]
    [InlineData("1.0.", null)]
    [InlineData("1.0.3, 2.0.0", null)]
    [Requirement("XAPI-00331", "XAPI-00333")]
    public async Task Each_answer_is_of_the_version_that_was_asked_for_or_a_refusal(string asked, string? served)
    {
        foreach (var path in new[] { "statements?limit=1", Lrs.At("activities", ("activityId", Sample.NewIri())), new DocumentAddress(DocumentResource.State).With(("stateId", null)) })
        {
            var reply = (await site.V1.GetAsync(path, (Version, asked))).Expect(served is null ? 400 : 200);
            Assert.Equal(served ?? "1.0.3", reply.Header(Version));
        }
        (await site.V1.GetAsync("about", (Version, asked))).Expect(200);
    }

    [Theory]
    [InlineData("GET", "statements")]
    [InlineData("POST", "statements")]
    [InlineData("PUT", "statements?statementId=8f87ccde-bb56-4c2e-ab83-44982ef22df0")]
    [InlineData("GET", "activities?activityId=urn:a:b")]
    [InlineData("GET", "agents")]
    [InlineData("PUT", "activities/state")]
    [InlineData("DELETE", "agents/profile")]
    [InlineData("POST", "activities/profile")]
    [Requirement("XAPI-00321")]
    public async Task Without_a_version_nothing_but_about_is_answered(string method, string path)
    {
        using var http = new HttpClient { BaseAddress = new Uri(site.Site.Address, "/xapi/") };
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Lrs.SiteKey}:{Lrs.SiteSecret}")));
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method is "PUT" or "POST" ? Lrs.Json(Sample.Statement().ToJsonString()) : null };
        using var reply = await http.SendAsync(request);
        Assert.Equal(400, (int)reply.StatusCode);
        Assert.NotEmpty(reply.Headers.GetValues(Version));
    }

    [Fact]
    [Requirement("XAPI-00148", "XAPI-00336")]
    public async Task Version_1_takes_any_request_as_a_form_and_version_2_does_not()
    {
        var lrs = site.V1;
        var id = Sample.NewId();
        (await FormAsync(lrs, "statements?method=PUT", ("statementId", id), ("content", Sample.Statement().ToJsonString()), (Version, "1.0.3"))).Expect(204);
        Assert.Equal(id, (string?)(await FormAsync(lrs, "statements?method=GET", ("statementId", id))).Expect(200).Node["id"]);
        Assert.Equal([id], (await FormAsync(lrs, "statements?method=GET", ("limit", "1"))).Expect(200).Ids);
        var posted = (await FormAsync(lrs, "statements?method=POST", ("content", Sample.Statement().ToJsonString()), ("Content-Type", "application/json"))).Expect(200);
        await lrs.StatementAsync((string)posted.Node[0]!);

        (string, string)[] state = [("activityId", Sample.NewIri()), ("agent", Sample.NewAgent()), ("stateId", "a+b & c")];
        (await FormAsync(lrs, "activities/state?method=PUT", [.. state, ("content", "höher + weiter"), ("Content-Type", "text/plain")])).Expect(204);
        var read = (await FormAsync(lrs, "activities/state?method=GET", state)).Expect(200);
        Assert.Equal(("höher + weiter", "text/plain"), (read.Text, read.ContentType));
        (await FormAsync(lrs, "activities/state?method=DELETE", [.. state, ("If-Match", "\"x\"")])).Expect(412);
        (await FormAsync(lrs, "activities/state?method=DELETE", state)).Expect(204);

        (await FormAsync(site.V2, "statements?method=GET", ("limit", "1"))).Expect(400);
    }

    [Theory]
    [InlineData("statements?method=GET&limit=1", "limit", "1")]
    [InlineData("statements?method=PUT", "statementId", "8f87ccde-bb56-4c2e-ab83-44982ef22df0")]
    [InlineData("statements?method=get", "limit", "1")]
    [InlineData("statements?method=PATCH", "limit", "1")]
    [InlineData("statements?method=GET", "Limit", "1")]
    [Requirement("XAPI-00336")]
    public async Task A_form_that_breaks_the_syntax_is_refused(string path, string name, string value) => (await FormAsync(site.V1, path, (name, value))).Expect(400);

    [Fact]
    [Requirement("XAPI-00336")]
    public async Task The_credential_and_the_version_may_be_in_the_form()
    {
        using var http = new HttpClient { BaseAddress = new Uri(site.Site.Address, "/xapi/") };
        async Task<int> StatusAsync(params (string Name, string Value)[] fields)
        {
            using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
            using var reply = await http.PostAsync(new Uri("statements?method=GET", UriKind.Relative), form);
            return (int)reply.StatusCode;
        }
        var credential = ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Lrs.SiteKey}:{Lrs.SiteSecret}")));
        Assert.Equal(200, await StatusAsync(credential, (Version, "1.0.3"), ("limit", "1")));
        Assert.Equal(401, await StatusAsync((Version, "1.0.3"), ("limit", "1")));
        Assert.Equal(400, await StatusAsync(credential, ("limit", "1")));
    }

    [Theory]
    [InlineData("statements", "foo=1")]
    [InlineData("statements", "Limit=1")]
    [InlineData("statements", "StatementId=8f87ccde-bb56-4c2e-ab83-44982ef22df0")]
    [InlineData("agents", "agent=%7B%22mbox%22%3A%22mailto%3Aa%40example.org%22%7D&x=1")]
    [InlineData("activities", "activityId=urn:a:b&activityid=urn:a:b")]
    [InlineData("activities/state", "activityId=urn:a:b&agent=%7B%22mbox%22%3A%22mailto%3Aa%40example.org%22%7D&StateId=1")]
    [InlineData("activities/profile", "activityId=urn:a:b&profileID=1")]
    [InlineData("agents/profile", "Agent=%7B%22mbox%22%3A%22mailto%3Aa%40example.org%22%7D")]
    [Requirement("XAPI-00324", "XAPI-00325")]
    public async Task An_unknown_parameter_is_refused_and_upper_and_lower_case_count(string resource, string query)
    {
        foreach (var lrs in site.Both) (await lrs.GetAsync($"{resource}?{query}")).Expect(400);
    }

    [Fact]
    [Requirement("XAPI-00323", "XAPI-00327")]
    public async Task A_credential_that_may_not_is_forbidden_and_a_wrong_one_is_nobody()
    {
        var hub = await site.Site.ReadAsync(db => Task.FromResult(db.Centres.Single(c => c.Kind == Lms.Web.Features.Network.CentreKind.Hub).Id));
        var reader = await site.Site.RunAsync(s => ((Lms.Web.Features.Xapi.Credentials.LrsCredentials)s.GetService(typeof(Lms.Web.Features.Xapi.Credentials.LrsCredentials))!)
            .CreateAsync("reader", hub, ["statements/read"], CancellationToken.None));
        foreach (var version in new[] { "1.0.3", "2.0.0" })
        {
            using var reads = new Lrs(site.Site.Address, version, reader.Credential!.Key, reader.Secret);
            var id = Sample.NewId();
            (await reads.PostAsync("statements", Sample.Statement(("id", Sample.Quoted(id))).ToJsonString())).Expect(403);
            (await reads.PutAsync(new DocumentAddress(DocumentResource.State).Path, "{}")).Expect(403);
            (await reads.GetAsync("statements?limit=1")).Expect(200);
            (await reads.GetAsync($"statements?statementId={id}")).Expect(404);
            using var wrong = new Lrs(site.Site.Address, version, reader.Credential!.Key, reader.Secret + "x");
            (await wrong.PostAsync("statements", Sample.Statement().ToJsonString())).Expect(401);
        }
    }

    [Fact]
    [Requirement("XAPI-00328")]
    public async Task What_is_too_large_is_told_so()
    {
        foreach (var lrs in site.Both)
        {
            (await lrs.PostAsync("statements", Sample.Statement(("result.response", Sample.Quoted(new string('a', 1 << 19)))).ToJsonString())).Expect(200);
            var large = Sample.Statement(("result.response", Sample.Quoted(new string('a', 2 << 20)))).ToJsonString();
            Assert.Contains("too large", (await lrs.PostAsync("statements", large)).Expect(413).Text, StringComparison.Ordinal);
            (await lrs.PutAsync($"statements?statementId={Sample.NewId()}", large)).Expect(413);
        }
    }

    /// <summary>A failing server can't be asked for one: 329 says what its code is. What no request may bring about is 500 for a fault of the request.</summary>
    [Theory]
    [InlineData("GET", "statements?statementId=%00")]
    [InlineData("GET", "statements/more")]
    [InlineData("GET", "statements/more?from=-1")]
    [InlineData("GET", "statements/more?from=99999999999999999999")]
    [InlineData("GET", "statements?since=9999-12-31T23:59:59.9999999Z")]
    [InlineData("GET", "statements?until=9999-12-31T23:59:59.9999999Z&limit=1")]
    [InlineData("GET", "statements?until=0001-01-01T00:00:00Z")]
    [InlineData("GET", "agents?agent=%00")]
    [InlineData("GET", "activities?activityId=urn:a:%FF")]
    [InlineData("DELETE", "activities/profile?activityId=urn:a:b&profileId=%00")]
    [Requirement("XAPI-00329")]
    public async Task A_fault_of_the_request_is_no_error_of_the_server(string method, string path)
    {
        foreach (var lrs in site.Both) Assert.InRange((await lrs.SendAsync(new HttpMethod(method), path)).Status, 200, 499);
    }

    private static Task<Reply> FormAsync(Lrs lrs, string path, params (string Name, string Value)[] fields) =>
        lrs.SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));
}
