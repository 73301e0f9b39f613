using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Xapi.Conformance;

/// <summary>Entity tags guard documents against lost updates. (Communication 3.1)</summary>
[Collection<LrsCollection>]
public sealed class ConcurrencyTests(LrsSite site)
{
    public static TheoryData<DocumentResource> Resources => DocumentTests.Resources;

    [Theory]
    [MemberData(nameof(Resources))]
    [Requirement("XAPI-00322")]
    public async Task A_change_goes_through_only_while_the_tag_that_it_names_is_the_document_s(DocumentResource resource)
    {
        foreach (var lrs in site.Both)
        {
            var there = new DocumentAddress(resource);
            (await lrs.PutAsync(there.Path, "{}", ("If-Match", "\"none\""))).Expect(412);
            (await there.PutAsync(lrs, "{\"n\":1}")).Expect(204);
            (await there.PutAsync(lrs, "{\"n\":2}")).Expect(412);
            var first = (await lrs.GetAsync(there.Path)).ETag!;
            Assert.Matches("^\"[0-9a-f]{40}\"$", first);

            (await lrs.PutAsync(there.Path, "{\"n\":2}", ("If-Match", first))).Expect(204);
            foreach (var method in new[] { HttpMethod.Put, HttpMethod.Post, HttpMethod.Delete })
                (await lrs.SendAsync(method, there.Path, method == HttpMethod.Delete ? null : Lrs.Json("{\"n\":3}"), ("If-Match", first))).Expect(412);
            Assert.Equal("{\"n\":2}", (await lrs.GetAsync(there.Path)).Text);

            var second = (await lrs.GetAsync(there.Path)).ETag!;
            Assert.NotEqual(first, second);
            (await lrs.GetAsync(there.Path, ("If-None-Match", second))).Expect(304);
            (await lrs.PostAsync(there.Path, "{\"m\":1}", ("If-Match", second))).Expect(204);
            (await lrs.DeleteAsync(there.Path, ("If-Match", (await lrs.GetAsync(there.Path)).ETag!))).Expect(204);
        }
    }

    [Theory]
    [MemberData(nameof(Resources))]
    [Requirement("XAPI-00322")]
    public async Task A_PUT_that_says_nothing_of_what_is_there_replaces_nothing(DocumentResource resource)
    {
        foreach (var lrs in site.Both)
        {
            var there = new DocumentAddress(resource);
            // 1.0.3 asks each PUT of a profile for a condition, and none of a state.
            var isFree = lrs.Is2 || resource == DocumentResource.State;
            (await lrs.PutAsync(there.Path, "{\"n\":1}")).Expect(isFree ? 204 : 400);
            if (!isFree) (await there.PutAsync(lrs, "{\"n\":1}")).Expect(204);
            (await lrs.PutAsync(there.Path, "{\"n\":2}")).Expect(!lrs.Is2 && resource == DocumentResource.State ? 204 : 409);
            if (lrs.Is2) Assert.Equal("{\"n\":1}", (await lrs.GetAsync(there.Path)).Text);
        }
    }

    [Theory]
    [MemberData(nameof(Resources))]
    [Requirement("XAPI-00322")]
    public async Task Of_many_who_begin_the_same_document_one_does(DocumentResource resource)
    {
        foreach (var lrs in site.Both)
        {
            var there = new DocumentAddress(resource);
            var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => there.PutAsync(lrs, $"{{\"n\":{n}}}")));
            Assert.Single(replies, r => r.Status == 204);
            Assert.All(replies, r => Assert.Contains(r.Status, new[] { 204, 412 }));

            var tag = (await lrs.GetAsync(there.Path)).ETag!;
            replies = await Task.WhenAll(Enumerable.Range(20, 12).Select(n => lrs.PutAsync(there.Path, $"{{\"n\":{n}}}", ("If-Match", tag))));
            Assert.Single(replies, r => r.Status == 204);
        }
    }

    [Fact]
    public async Task Nothing_that_many_merge_at_once_is_lost()
    {
        var there = new DocumentAddress(DocumentResource.State);
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => site.V1.PostAsync(there.Path, $"{{\"k{n}\":{n}}}")));
        Assert.All(replies, r => r.Expect(204));
        Assert.Equal(8, (await site.V1.GetAsync(there.Path)).Node.AsObject().Count);
    }
}
