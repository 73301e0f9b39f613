using System.Net;
using Lms.Web.Features.Identity;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Identity;

/// <summary>Links that carry a secret lead to the site, whatever host a request names.</summary>
public sealed class SiteAddressTests
{
    [Theory]
    [InlineData("https://learn.example.org/", "https://learn.example.org/")]
    [InlineData(null, "http://evil.example/")]
    public async Task Invitations_and_password_links_lead_to_the_address_that_is_set(string? configured, string start)
    {
        await using var site = new TestSite(new() { ["LMS:PublicUrl"] = configured });
        await site.InitializeAsync();
        var person = await site.AddPersonAsync();
        using var admin = await site.SignedInAsync(Role.Administrator);
        admin.Http.DefaultRequestHeaders.Host = "evil.example";

        foreach (var (page, action, path) in new[] { ("/admin/people/invitations", (string?)null, "account/invitation/"), ($"/admin/people/{person.Id}", "ResetLink", "account/reset") })
        {
            using var reply = await admin.SubmitAsync(page, action: action);
            var text = await reply.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
            Assert.Contains(start + path, text, StringComparison.Ordinal);
            if (configured is not null) Assert.DoesNotContain("evil.example", text, StringComparison.Ordinal);
        }
    }
}
