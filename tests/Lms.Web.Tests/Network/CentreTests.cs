using System.Net;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Network;
using Lms.Web.Tests.Identity;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Tests.Network;

public sealed class CentreTests(TestSite site) : IClassFixture<TestSite>
{
    [Fact]
    public async Task An_administrator_makes_a_centre_its_manager_edits_it_and_once_closed_nobody_registers_there()
    {
        using var admin = await site.SignedInAsync(Role.Administrator);
        var slug = $"dakar-{Guid.NewGuid():N}";
        using var made = await admin.SubmitAsync("/admin/centres/new", new() { ["Input.Slug"] = slug, ["Input.Name"] = "Centre de Dakar", ["Input.Country"] = "sn" });
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        var centre = await FindAsync(slug);
        Assert.Equal(("SN", CentreKind.Regional), (centre.Country, centre.Kind));

        using var manager = await site.SignedInAsync(Role.CentreManager, centre.Id);
        using var edited = await manager.SubmitAsync($"/admin/centres/{slug}", new() { ["Input.Name"] = "Institut de Dakar", ["Input.CertificateSignatory"] = "Dr Awa Sow" });
        Assert.Equal(HttpStatusCode.Redirect, edited.StatusCode);
        Assert.Equal(("Institut de Dakar", "Dr Awa Sow"), ((await FindAsync(slug)).Name, (await FindAsync(slug)).CertificateSignatory));

        using var visitor = site.Visitor();
        Assert.Contains("Institut de Dakar", (await visitor.PageAsync("/account/register")).Body!.TextContent, StringComparison.Ordinal);
        using var closed = await admin.SubmitAsync($"/admin/centres/{slug}", action: "Close");
        Assert.DoesNotContain("Institut de Dakar", (await visitor.PageAsync("/account/register")).Body!.TextContent, StringComparison.Ordinal);
        using var late = await visitor.SubmitAsync("/account/register", new()
        {
            ["Input.Name"] = "Ana", ["Input.Email"] = $"{slug}@example.org", ["Input.Password"] = TestSite.Password, ["Input.Centre"] = centre.Id.ToString(),
        });
        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
        Assert.False(await site.ReadAsync(db => db.Users.AnyAsync(p => p.Email == $"{slug}@example.org")));
    }

    [Theory]
    [InlineData("Input.Slug", "Dakar!", "Use lower-case letters")]
    [InlineData("Input.Slug", "hub", "Another centre has this short name")]
    [InlineData("Input.Country", "ZZ", "two letters of the country")]
    [InlineData("Input.Name", " ", "Write the centre's name")]
    [InlineData("Input.Kind", "Hub", "A network has one hub")]
    public async Task A_centre_with_a_mistake_is_not_made(string field, string value, string sentence)
    {
        using var admin = await site.SignedInAsync(Role.Administrator);
        var slug = $"c-{Guid.NewGuid():N}";
        Dictionary<string, string> form = new() { ["Input.Slug"] = slug, ["Input.Name"] = "Centre", ["Input.Country"] = "KE" };
        form[field] = value;
        using var reply = await admin.SubmitAsync("/admin/centres/new", form);

        Assert.Contains(sentence, (await reply.DocumentAsync()).Body!.TextContent, StringComparison.Ordinal);
        Assert.False(await site.ReadAsync(db => db.Centres.AnyAsync(c => c.Slug == slug)));
    }

    private Task<Centre> FindAsync(string slug) => site.ReadAsync(db => db.Centres.AsNoTracking().SingleAsync(c => c.Slug == slug));
}
