using System.Text.Json.Nodes;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Xapi.Conformance;

/// <summary>POST and PUT of statements. (Data 2.3, 2.4; Communication 2.1.1, 2.1.2)</summary>
[Collection<LrsCollection>]
public sealed class StatementStoringTests(LrsSite site)
{
    [Fact]
    [Requirement("XAPI-00026", "XAPI-00097", "XAPI-00099", "XAPI-00146", "XAPI-00147")]
    public async Task POST_answers_the_ids_and_what_the_sender_left_out_is_filled_in()
    {
        foreach (var lrs in site.Both)
        {
            var own = Sample.NewId();
            var before = DateTime.UtcNow.AddSeconds(-1);
            var ids = await lrs.StoreAsync(new JsonArray(Sample.Statement(), Sample.Statement(("id", Sample.Quoted(own))), Sample.Statement()));
            Assert.Equal(3, ids.Distinct().Count());
            Assert.Equal(own, ids[1]);
            foreach (var id in ids)
            {
                Assert.True(Guid.TryParseExact(id, "D", out _));
                var kept = await lrs.StatementAsync(id);
                Assert.Equal(id, (string?)kept["id"]);
                Assert.InRange(kept["stored"]!.GetValue<DateTimeOffset>().UtcDateTime, before, DateTime.UtcNow.AddSeconds(1));
                Assert.Equal(kept["stored"]!.ToString(), kept["timestamp"]!.ToString());
                Assert.NotNull(kept["authority"]!["account"]!["homePage"]);
                Assert.Equal(lrs.Is2 ? "2.0.0" : "1.0.0", (string?)kept["version"]);
            }
        }
    }

    [Fact]
    [Requirement("XAPI-00097", "XAPI-00099")]
    public async Task Stored_and_authority_are_what_this_store_says_whatever_the_sender_claims()
    {
        foreach (var lrs in site.Both)
        {
            var id = await lrs.StoreOneAsync(Sample.Statement(("stored", "\"2001-01-01T00:00:00Z\""), ("authority", """{"mbox":"mailto:somebody@example.org"}""")));
            var kept = await lrs.StatementAsync(id);
            Assert.True(kept["stored"]!.GetValue<DateTimeOffset>() > DateTimeOffset.UtcNow.AddMinutes(-5));
            Assert.Null(kept["authority"]!["mbox"]);
        }
    }

    [Fact]
    [Requirement("XAPI-00143", "XAPI-00144", "XAPI-00145")]
    public async Task PUT_stores_one_statement_under_its_statementId_and_never_without()
    {
        foreach (var lrs in site.Both)
        {
            var id = Sample.NewId();
            var reply = (await lrs.PutAsync($"statements?statementId={id}", Sample.Statement().ToJsonString())).Expect(204);
            Assert.Empty(reply.Body);
            Assert.Equal(id, (string?)(await lrs.StatementAsync(id))["id"]);
            (await lrs.PutAsync("statements", Sample.Statement().ToJsonString())).Expect(400);
            (await lrs.PutAsync("statements?statementId=", Sample.Statement().ToJsonString())).Expect(400);
            (await lrs.PutAsync($"statements?statementId={Sample.NewId()}", Sample.Statement(("id", Sample.Quoted(Sample.NewId()))).ToJsonString())).Expect(400);
            (await lrs.PutAsync($"statements?statementId={Sample.NewId()}", Sample.Batch(1).ToJsonString())).Expect(400);
        }
    }

    [Fact]
    [Requirement("XAPI-00142")]
    public async Task A_stored_statement_never_changes()
    {
        foreach (var lrs in site.Both)
        {
            var id = Sample.NewId();
            var first = Sample.Statement(("id", Sample.Quoted(id)));
            await lrs.StoreAsync(first.DeepClone());
            var before = (await lrs.GetAsync($"statements?statementId={id}")).Text;

            var other = Sample.Statement(("id", Sample.Quoted(id))).ToJsonString();
            (await lrs.PostAsync("statements", other)).Expect(409);
            (await lrs.PutAsync($"statements?statementId={id}", other)).Expect(409);
            (await lrs.PostAsync("statements", first.ToJsonString())).Expect(200);
            (await lrs.PutAsync($"statements?statementId={id}", first.ToJsonString())).Expect(204);
            Assert.Equal(before, (await lrs.GetAsync($"statements?statementId={id}")).Text);
        }
    }

    [Fact]
    [Requirement("XAPI-00182", "XAPI-00326")]
    public async Task One_bad_statement_keeps_its_whole_batch_out()
    {
        foreach (var lrs in site.Both)
        {
            var taken = await lrs.StoreOneAsync(Sample.Statement());
            foreach (var (bad, status) in new[] { (Sample.Statement(("verb", null)), 400), (Sample.Statement(("id", Sample.Quoted(taken))), 409) })
            {
                var activity = Sample.NewIri();
                var batch = Sample.Batch(3, ("object.id", Sample.Quoted(activity)));
                batch.Insert(2, bad);
                (await lrs.PostAsync("statements", batch.ToJsonString())).Expect(status);
                Assert.Empty(await lrs.FindAsync(("activity", activity)));
                Assert.Equal($"{{\"objectType\":\"Activity\",\"id\":\"{activity}\"}}", (await lrs.GetAsync(Lrs.At("activities", ("activityId", activity)))).Text);
            }
        }
    }

    [Fact]
    [Requirement("XAPI-00182")]
    public async Task An_id_twice_in_one_batch_is_refused()
    {
        foreach (var lrs in site.Both)
        {
            var id = Sample.Quoted(Sample.NewId());
            (await lrs.PostAsync("statements", new JsonArray(Sample.Statement(("id", id)), Sample.Statement(("id", id))).ToJsonString())).Expect(400);
            (await lrs.GetAsync($"statements?statementId={id.Trim('"')}")).Expect(404);
        }
    }

    [Theory]
    [InlineData("1.0", true)]
    [InlineData("1.0.0", true)]
    [InlineData("1.0.7", true)]
    [InlineData("0.95", false)]
    [InlineData("0.9", false)]
    [InlineData("1.1.0", false)]
    [InlineData("", false)]
    [Requirement("XAPI-00330", "XAPI-00332")]
    public async Task A_statement_keeps_the_version_it_came_with_or_is_refused(string version, bool accepted)
    {
        foreach (var lrs in site.Both)
        {
            var body = Sample.Statement(("version", Sample.Quoted(version)));
            var reply = (await lrs.PostAsync("statements", body.ToJsonString())).Expect(accepted ? 200 : 400);
            if (accepted) Assert.Equal(version, (string?)(await lrs.StatementAsync((string)reply.Node[0]!))["version"]);
        }
    }

    [Fact]
    [Requirement("XAPI-00332")]
    public async Task Each_version_reads_what_the_other_stored()
    {
        var context = """{"contextAgents":[{"objectType":"contextAgent","agent":{"mbox":"mailto:a@example.org"}}]}""";
        var second = await site.V2.StoreOneAsync(Sample.Statement(("context", context)));
        Assert.Equal("2.0.0", (string?)(await site.V1.StatementAsync(second))["version"]);
        var first = await site.V1.StoreOneAsync(Sample.Statement());
        Assert.Equal("1.0.0", (string?)(await site.V2.StatementAsync(first))["version"]);
        (await site.V1.PostAsync("statements", Sample.Statement(("context", context)).ToJsonString())).Expect(400);
        (await site.V1.PostAsync("statements", Sample.Statement(("version", "\"2.0.0\"")).ToJsonString())).Expect(400);
    }

    [Fact]
    [Requirement("XAPI-00029", "XAPI-00142")]
    public async Task An_id_means_the_same_in_upper_case()
    {
        foreach (var lrs in site.Both)
        {
            var id = Sample.NewId();
            var body = Sample.Statement(("id", Sample.Quoted(id.ToUpperInvariant())));
            Assert.Equal(id, await lrs.StoreOneAsync(body.DeepClone()));
            (await lrs.PutAsync($"statements?statementId={id}", body.ToJsonString())).Expect(204);
            Assert.Equal(id, (string?)(await lrs.StatementAsync(id.ToUpperInvariant()))["id"]);
        }
    }
}
