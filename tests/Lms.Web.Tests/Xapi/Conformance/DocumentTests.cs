using System.Text.Json.Nodes;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Xapi.Conformance;

/// <summary>The State, Agent Profile and Activity Profile resources, which behave alike. (Communication 2.2, 2.3, 2.6, 2.7)</summary>
[Collection<LrsCollection>]
public sealed class DocumentTests(LrsSite site)
{
    public static TheoryData<DocumentResource> Resources { get; } = [DocumentResource.State, DocumentResource.AgentProfile, DocumentResource.ActivityProfile];

    /// <summary>Requirement, resource, method, and the parameter that the request lacks.</summary>
    public static TheoryData<string, DocumentResource, string, string> Lacking { get; } = new()
    {
        { "XAPI-00206", DocumentResource.State, "PUT", "stateId" },
        { "XAPI-00207", DocumentResource.State, "DELETE", "activityId" },
        { "XAPI-00208", DocumentResource.State, "GET", "activityId" },
        { "XAPI-00209", DocumentResource.State, "POST", "activityId" },
        { "XAPI-00210", DocumentResource.State, "PUT", "activityId" },
        { "XAPI-00211", DocumentResource.State, "POST", "stateId" },
        { "XAPI-00212", DocumentResource.State, "DELETE", "agent" },
        { "XAPI-00213", DocumentResource.State, "GET", "agent" },
        { "XAPI-00214", DocumentResource.State, "POST", "agent" },
        { "XAPI-00215", DocumentResource.State, "PUT", "agent" },
        { "XAPI-00261", DocumentResource.AgentProfile, "GET", "agent" },
        { "XAPI-00262", DocumentResource.AgentProfile, "DELETE", "agent" },
        { "XAPI-00263", DocumentResource.AgentProfile, "POST", "agent" },
        { "XAPI-00264", DocumentResource.AgentProfile, "PUT", "agent" },
        { "XAPI-00265", DocumentResource.AgentProfile, "DELETE", "profileId" },
        { "XAPI-00266", DocumentResource.AgentProfile, "POST", "profileId" },
        { "XAPI-00267", DocumentResource.AgentProfile, "PUT", "profileId" },
        { "XAPI-00296", DocumentResource.ActivityProfile, "GET", "activityId" },
        { "XAPI-00297", DocumentResource.ActivityProfile, "DELETE", "activityId" },
        { "XAPI-00298", DocumentResource.ActivityProfile, "POST", "activityId" },
        { "XAPI-00299", DocumentResource.ActivityProfile, "PUT", "activityId" },
        { "XAPI-00300", DocumentResource.ActivityProfile, "DELETE", "profileId" },
        { "XAPI-00301", DocumentResource.ActivityProfile, "POST", "profileId" },
        { "XAPI-00302", DocumentResource.ActivityProfile, "PUT", "profileId" },
    };

    /// <summary>Requirement, resource, method, and the parameter that is no good.</summary>
    /// <remarks>
    /// In an address everything is a string, so an id that is “not of type String” (224 to 226, 228, 276, 277, 305 to 307) is one that is no single string:
    /// it comes twice. A DELETE of states has no <c>since</c> in the standard's text (205, 223), nor has an activity profile an <c>agent</c> (304): as parameters
    /// that are unknown there they are refused, whatever they say.
    /// </remarks>
    public static TheoryData<string, DocumentResource, string, string, string> Broken { get; } = new()
    {
        { "XAPI-00196", DocumentResource.State, "DELETE", "agent", "ana" },
        { "XAPI-00197", DocumentResource.State, "GET", "agent", "{mbox:}" },
        { "XAPI-00198", DocumentResource.State, "POST", "agent", "[" },
        { "XAPI-00199", DocumentResource.State, "PUT", "agent", "mailto:ana@example.org" },
        { "XAPI-00200", DocumentResource.State, "DELETE", "registration", "1" },
        { "XAPI-00201", DocumentResource.State, "GET", "registration", "x" },
        { "XAPI-00202", DocumentResource.State, "POST", "registration", "8f87ccde" },
        { "XAPI-00203", DocumentResource.State, "PUT", "registration", "" },
        { "XAPI-00204", DocumentResource.State, "GET", "since", "yesterday" },
        { "XAPI-00205", DocumentResource.State, "DELETE", "since", "yesterday" },
        { "XAPI-00223", DocumentResource.State, "DELETE", "since", "2026-01-01T00:00:00Z" },
        { "XAPI-00224", DocumentResource.State, "DELETE", "stateId", Twice },
        { "XAPI-00225", DocumentResource.State, "GET", "stateId", Twice },
        { "XAPI-00226", DocumentResource.State, "POST", "stateId", Twice },
        { "XAPI-00228", DocumentResource.State, "PUT", "stateId", Twice },
        { "XAPI-00255", DocumentResource.AgentProfile, "DELETE", "agent", "{}" },
        { "XAPI-00256", DocumentResource.AgentProfile, "POST", "agent", """{"mbox":"ana"}""" },
        { "XAPI-00257", DocumentResource.AgentProfile, "PUT", "agent", "ana" },
        { "XAPI-00258", DocumentResource.AgentProfile, "GET", "agent", """{"name":"ana"}""" },
        { "XAPI-00260", DocumentResource.AgentProfile, "GET", "since", "2026" },
        { "XAPI-00276", DocumentResource.AgentProfile, "POST", "profileId", Twice },
        { "XAPI-00277", DocumentResource.AgentProfile, "PUT", "profileId", Twice },
        { "XAPI-00295", DocumentResource.ActivityProfile, "GET", "since", "2026-99-99T00:00:00Z" },
        { "XAPI-00304", DocumentResource.ActivityProfile, "GET", "agent", "ana" },
        { "XAPI-00304", DocumentResource.ActivityProfile, "GET", "agent", """{"mbox":"mailto:ana@example.org"}""" },
        { "XAPI-00305", DocumentResource.ActivityProfile, "DELETE", "profileId", Twice },
        { "XAPI-00306", DocumentResource.ActivityProfile, "POST", "profileId", Twice },
        { "XAPI-00307", DocumentResource.ActivityProfile, "PUT", "profileId", Twice },
    };

    private const string Twice = "twice";
    private const string Old = """{"a":1,"b":{"c":1,"d":2}}""";

    [Theory]
    [MemberData(nameof(Lacking))]
    public async Task A_request_without_what_it_needs_is_refused(string requirement, DocumentResource resource, string method, string lacks)
    {
        foreach (var lrs in site.Both)
        {
            var there = new DocumentAddress(resource);
            (await there.PutAsync(lrs, Old)).Expect(204);
            var reply = await lrs.SendAsync(new HttpMethod(method), there.With((lacks, null)), ContentFor(method));
            reply.Expect(400);
            Assert.Contains(lacks, reply.Text, StringComparison.Ordinal);
            Assert.Equal(Old, (await lrs.GetAsync(there.Path)).Text);
        }
        Assert.NotEmpty(requirement);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_parameter_that_is_no_good_is_refused(string requirement, DocumentResource resource, string method, string parameter, string value)
    {
        foreach (var lrs in site.Both)
        {
            var there = new DocumentAddress(resource);
            (await there.PutAsync(lrs, Old)).Expect(204);
            var path = value == Twice ? $"{there.Path}&{parameter}=other" : there.With((parameter, value), (parameter == "since" ? there.IdName : "", null));
            (await lrs.SendAsync(new HttpMethod(method), path, ContentFor(method))).Expect(400);
            Assert.Equal(Old, (await lrs.GetAsync(there.Path)).Text);
        }
        Assert.NotEmpty(requirement);
    }

    [Theory]
    [MemberData(nameof(Resources))]
    [Requirement("XAPI-00187", "XAPI-00188", "XAPI-00189", "XAPI-00190", "XAPI-00191", "XAPI-00192", "XAPI-00216", "XAPI-00217", "XAPI-00230", "XAPI-00231", "XAPI-00233",
        "XAPI-00259", "XAPI-00269", "XAPI-00271", "XAPI-00272", "XAPI-00273", "XAPI-00274", "XAPI-00280", "XAPI-00282", "XAPI-00283",
        "XAPI-00285", "XAPI-00286", "XAPI-00287", "XAPI-00288", "XAPI-00290", "XAPI-00291", "XAPI-00292", "XAPI-00293", "XAPI-00310", "XAPI-00311", "XAPI-00312")]
    public async Task A_document_is_put_posted_read_and_deleted(DocumentResource resource)
    {
        foreach (var lrs in site.Both)
        {
            var there = new DocumentAddress(resource);
            var bytes = new byte[] { 0, 1, 254, 255, 13, 10 };
            foreach (var method in new[] { HttpMethod.Put, HttpMethod.Post })
            {
                (await lrs.GetAsync(there.Path)).Expect(404);
                Assert.Empty((await lrs.SendAsync(method, there.Path, Lrs.Bytes(bytes, "image/png"), ("If-None-Match", "*"))).Expect(204).Body);
                var reply = (await lrs.GetAsync(there.Path)).Expect(200);
                Assert.Equal(bytes, reply.Body);
                Assert.Equal("image/png", reply.ContentType);
                Assert.NotNull(reply.ETag);
                Assert.NotNull(reply.ContentHeaders.LastModified);
                Assert.Empty((await lrs.DeleteAsync(there.Path)).Expect(204).Body);
            }
            (await lrs.GetAsync(there.Path)).Expect(404);
            (await lrs.DeleteAsync(there.Path)).Expect(204);
        }
    }

    [Theory]
    [MemberData(nameof(Resources))]
    [Requirement("XAPI-00193", "XAPI-00195", "XAPI-00221", "XAPI-00222", "XAPI-00268", "XAPI-00270", "XAPI-00275", "XAPI-00289", "XAPI-00294", "XAPI-00303")]
    public async Task Without_an_id_the_ids_of_what_was_stored_after_since_are_given(DocumentResource resource)
    {
        foreach (var lrs in site.Both)
        {
            var there = new DocumentAddress(resource);
            var list = there.With((there.IdName, null));
            Assert.Equal("[]", (await lrs.GetAsync(list)).Expect(200).Text);
            (await there.PutAsync(lrs, Old)).Expect(204);
            await Task.Delay(15);
            var between = DateTime.UtcNow.ToString("O");
            await Task.Delay(15);
            (await lrs.PutAsync(there.With((there.IdName, "second")), Old, ("If-None-Match", "*"))).Expect(204);

            var all = (await lrs.GetAsync(list)).Expect(200);
            Assert.Equal([DocumentAddress.Id, "second"], all.Node.AsArray().Select(i => (string?)i));
            Assert.NotNull(all.ContentHeaders.LastModified);
            Assert.Equal("[\"second\"]", (await lrs.GetAsync(there.With((there.IdName, null), ("since", between)))).Expect(200).Text);
            Assert.Equal("[]", (await lrs.GetAsync(there.With((there.IdName, null), ("since", "2999-01-01T00:00:00Z")))).Expect(200).Text);
        }
    }

    [Theory]
    [MemberData(nameof(Resources))]
    [Requirement("XAPI-00183", "XAPI-00184", "XAPI-00185", "XAPI-00186", "XAPI-00234", "XAPI-00279", "XAPI-00308")]
    public async Task JSON_is_merged_one_level_deep(DocumentResource resource)
    {
        foreach (var lrs in site.Both)
        {
            var there = new DocumentAddress(resource);
            (await there.PutAsync(lrs, Old)).Expect(204);
            (await lrs.PostAsync(there.Path, """ { "b" : { "e": "é" }, "f": [1, null] } """)).Expect(204);
            var merged = (await lrs.GetAsync(there.Path)).Expect(200);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"a":1,"b":{"e":"é"},"f":[1,null]}"""), merged.Node));
            Assert.StartsWith("application/json", merged.ContentType, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Resources))]
    [Requirement("XAPI-00229", "XAPI-00232", "XAPI-00235", "XAPI-00278", "XAPI-00281", "XAPI-00284", "XAPI-00309", "XAPI-00313", "XAPI-00314")]
    public async Task Only_a_JSON_object_is_merged_into_a_JSON_object(DocumentResource resource)
    {
        foreach (var lrs in site.Both)
        {
            var there = new DocumentAddress(resource);
            (await there.PutAsync(lrs, Old)).Expect(204);
            foreach (var (body, type) in new[] { ("[1]", "application/json"), ("{", "application/json"), ("{\"a\":}", "application/json"), ("{\"a\":1,\"a\":2}", "application/json"), ("", "application/json"), ("{}", "text/plain") })
                (await lrs.SendAsync(HttpMethod.Post, there.Path, Lrs.Bytes([.. System.Text.Encoding.UTF8.GetBytes(body)], type))).Expect(400);
            Assert.Equal(Old, (await lrs.GetAsync(there.Path)).Text);

            foreach (var (body, type) in new[] { ("[1]", "application/json"), ("{}", "text/plain") })
            {
                var other = new DocumentAddress(resource);
                (await lrs.SendAsync(HttpMethod.Put, other.Path, Lrs.Bytes([.. System.Text.Encoding.UTF8.GetBytes(body)], type), ("If-None-Match", "*"))).Expect(204);
                (await lrs.PostAsync(other.Path, Old)).Expect(400);
                Assert.Equal(body, (await lrs.GetAsync(other.Path)).Text);
            }
            // Nor is one begun that says it is JSON and is not.
            (await lrs.PostAsync(new DocumentAddress(resource).Path, "{\"a\"")).Expect(400);
        }
    }

    [Fact]
    [Requirement("XAPI-00194", "XAPI-00218", "XAPI-00219", "XAPI-00220", "XAPI-00227")]
    public async Task States_belong_to_their_registration_and_are_deleted_together()
    {
        foreach (var lrs in site.Both)
        {
            var there = new DocumentAddress(DocumentResource.State);
            string one = there.With(("registration", Sample.NewId())), other = there.With(("registration", Sample.NewId()));
            string ListOf(string path) => path.Replace($"{there.IdName}={DocumentAddress.Id}&", "", StringComparison.Ordinal);
            (await lrs.PutAsync(one, "{\"n\":1}")).Expect(204);
            (await lrs.PostAsync(other, "{\"n\":2}")).Expect(204);
            (await lrs.PostAsync(other, "{\"m\":3}")).Expect(204);
            (await lrs.GetAsync(there.Path)).Expect(404);
            Assert.Equal("{\"n\":1}", (await lrs.GetAsync(one)).Text);
            Assert.Equal("{\"n\":2,\"m\":3}", (await lrs.GetAsync(other)).Text);

            (await lrs.DeleteAsync(ListOf(one))).Expect(204);
            (await lrs.GetAsync(one)).Expect(404);
            Assert.Equal("[]", (await lrs.GetAsync(ListOf(one))).Text);
            (await lrs.DeleteAsync(other)).Expect(204);
            (await lrs.GetAsync(other)).Expect(404);

            (await lrs.PutAsync(one, "{}")).Expect(204);
            (await there.PutAsync(lrs, "{}")).Expect(204);
            (await lrs.DeleteAsync(there.With((there.IdName, null)))).Expect(204);
            (await lrs.GetAsync(there.Path)).Expect(404);
            (await lrs.GetAsync(one)).Expect(404);
        }
    }

    private static HttpContent? ContentFor(string method) => method is "PUT" or "POST" ? Lrs.Json("{}") : null;
}
