using System.Text.Json.Nodes;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Xapi.Conformance;

/// <summary>Voiding, and statements about statements. (Data 2.3.2; Communication 2.1.4)</summary>
[Collection<LrsCollection>]
public sealed class VoidingTests(LrsSite site)
{
    [Fact]
    [Requirement("XAPI-00018", "XAPI-00019", "XAPI-00020", "XAPI-00155", "XAPI-00157", "XAPI-00163")]
    public async Task A_voided_statement_is_given_out_only_as_voided()
    {
        foreach (var lrs in site.Both)
        {
            var activity = Sample.NewIri();
            var id = await lrs.StoreOneAsync(Sample.Statement(("object.id", Sample.Quoted(activity))));
            (await lrs.GetAsync($"statements?voidedStatementId={id}")).Expect(404);
            var voiding = await lrs.StoreOneAsync(Sample.Voiding(id));

            (await lrs.GetAsync($"statements?statementId={id}")).Expect(404);
            Assert.Equal(id, (string?)(await lrs.StatementAsync(id, "voidedStatementId"))["id"]);
            Assert.Equal(voiding, (string?)(await lrs.StatementAsync(voiding))["id"]);
            // A further statement about it stays, and is found by what the voided one says.
            Assert.Equal([voiding], await lrs.FindAsync(("activity", activity)));
        }
    }

    [Theory]
    [InlineData("https://example.org/verbs/voided")]
    [InlineData("http://adlnet.gov/expapi/verbs/Voided")]
    [Requirement("XAPI-00019")]
    public async Task Only_the_verb_of_the_standard_voids(string verb)
    {
        foreach (var lrs in site.Both)
        {
            var id = await lrs.StoreOneAsync(Sample.Statement());
            await lrs.StoreAsync(Sample.Reference(id, verb));
            Assert.Equal(id, (string?)(await lrs.StatementAsync(id))["id"]);
        }
    }

    [Theory]
    [InlineData("""{"id":"https://example.org/a"}""")]
    [InlineData("""{"objectType":"Agent","mbox":"mailto:a@example.org"}""")]
    [InlineData("""{"objectType":"StatementRef"}""")]
    [Requirement("XAPI-00020")]
    public async Task What_a_voiding_statement_voids_is_named_by_a_reference(string target)
    {
        foreach (var lrs in site.Both)
            (await lrs.PostAsync("statements", Sample.Statement(("verb.id", Sample.Quoted(Sample.Voided)), ("object", target)).ToJsonString())).Expect(400);
    }

    [Fact]
    [Requirement("XAPI-00016")]
    public async Task A_voiding_statement_can_not_be_voided()
    {
        foreach (var lrs in site.Both)
        {
            var id = await lrs.StoreOneAsync(Sample.Statement());
            var voiding = await lrs.StoreOneAsync(Sample.Voiding(id));
            await lrs.StoreAsync(Sample.Voiding(voiding));
            Assert.Equal(voiding, (string?)(await lrs.StatementAsync(voiding))["id"]);
            (await lrs.GetAsync($"statements?statementId={id}")).Expect(404);
        }
    }

    [Fact]
    [Requirement("XAPI-00018")]
    public async Task A_statement_that_comes_after_its_voiding_is_voided_and_twice_voided_is_voided()
    {
        foreach (var lrs in site.Both)
        {
            var id = Sample.NewId();
            await lrs.StoreAsync(Sample.Voiding(id));
            await lrs.StoreAsync(Sample.Voiding(id));
            await lrs.StoreAsync(Sample.Statement(("id", Sample.Quoted(id))));
            (await lrs.GetAsync($"statements?statementId={id}")).Expect(404);
            await lrs.StatementAsync(id, "voidedStatementId");

            var inOneBatch = Sample.NewId();
            await lrs.StoreAsync(new JsonArray(Sample.Voiding(inOneBatch), Sample.Statement(("id", Sample.Quoted(inOneBatch)))));
            (await lrs.GetAsync($"statements?statementId={inOneBatch}")).Expect(404);
        }
    }

    [Fact]
    [Requirement("XAPI-00162", "XAPI-00163")]
    public async Task Queries_give_what_refers_to_a_voided_statement_and_never_the_voided_one()
    {
        foreach (var lrs in site.Both)
        {
            var (verb, since) = (Sample.NewIri("verbs"), DateTime.UtcNow.AddMinutes(-1).ToString("O"));
            var id = await lrs.StoreOneAsync(Sample.Statement(("verb.id", Sample.Quoted(verb))));
            var comment = await lrs.StoreOneAsync(Sample.Reference(id));
            var voiding = await lrs.StoreOneAsync(Sample.Voiding(id));
            Assert.Equal([voiding, comment], await lrs.FindAsync(("verb", verb)));
            Assert.Equal([voiding, comment], await lrs.FindAsync(("verb", verb), ("since", since), ("until", DateTime.UtcNow.AddMinutes(1).ToString("O"))));
            Assert.DoesNotContain(id, await lrs.FindAsync(("since", since), ("limit", "20")));
        }
    }

    [Fact]
    public async Task A_reference_is_found_by_all_that_its_chain_says_whichever_came_first()
    {
        foreach (var lrs in site.Both)
        {
            var (activity, first, second) = (Sample.NewIri(), Sample.NewId(), Sample.NewId());
            var outer = await lrs.StoreOneAsync(Sample.Reference(second));
            var inner = Sample.Reference(first);
            inner["id"] = second;
            await lrs.StoreAsync(Sample.Statement(("id", Sample.Quoted(first)), ("object.id", Sample.Quoted(activity))));
            await lrs.StoreAsync(inner);
            Assert.Equal(new[] { outer, first, second }.Order(), (await lrs.FindAsync(("activity", activity))).Order());
        }
    }
}
