using System.Net;
using System.Security.Cryptography;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Identity;

public sealed class InvitationTests(TestSite site) : IClassFixture<TestSite>
{
    [Fact]
    public async Task Of_two_people_who_accept_one_invitation_at_once_one_wins()
    {
        var centre = await site.AddCentreAsync();
        var link = await InviteAsync(centre.Id, Role.Instructor);
        var browsers = Enumerable.Range(0, 4).Select(_ => site.Visitor()).ToList();

        var replies = await Task.WhenAll(browsers.Select(b => b.SubmitAsync(link, Account())));

        Assert.Single(replies, r => r.StatusCode == HttpStatusCode.Redirect);
        Assert.Equal(3, replies.Count(r => r.StatusCode == HttpStatusCode.Gone));
        Assert.Equal(1, await site.ReadAsync(db => db.Users.CountAsync(p => p.CentreId == centre.Id)));
        Assert.Equal(1, await site.ReadAsync(db => db.RoleAssignments.CountAsync(r => r.CentreId == centre.Id && r.Role == Role.Instructor)));
        browsers.ForEach(b => b.Dispose());
    }

    [Fact]
    public async Task An_invitation_to_an_address_makes_an_account_with_that_address_only()
    {
        var centre = await site.AddCentreAsync();
        var email = $"{Guid.NewGuid():N}@example.org";
        var link = await InviteAsync(centre.Id, Role.Learner, email);
        using var visitor = site.Visitor();
        using var reply = await visitor.SubmitAsync(link, Account());

        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        Assert.Equal(email, await site.ReadAsync(db => db.Users.Where(p => p.CentreId == centre.Id).Select(p => p.Email).SingleAsync()));
    }

    [Fact]
    public async Task A_refused_form_leaves_the_invitation_open()
    {
        var centre = await site.AddCentreAsync();
        var link = await InviteAsync(centre.Id, Role.Learner);
        using var visitor = site.Visitor();
        var account = Account();
        account["Input.Password"] = "short";
        using var refused = await visitor.SubmitAsync(link, account);
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);

        using var accepted = await visitor.SubmitAsync(link, Account());
        Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    public async Task A_link_that_never_was_says_so(string secret)
    {
        using var visitor = site.Visitor();
        using var reply = await visitor.GetAsync($"/account/invitation/{secret}");
        Assert.Equal(HttpStatusCode.Gone, reply.StatusCode);
        Assert.Contains("Ask for a new one", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_that_is_too_old_is_gone()
    {
        var centre = await site.AddCentreAsync();
        var link = await InviteAsync(centre.Id, Role.Learner, expires: DateTime.UtcNow.AddSeconds(-1));
        using var visitor = site.Visitor();
        using var reply = await visitor.GetAsync(link);
        Assert.Equal(HttpStatusCode.Gone, reply.StatusCode);
    }

    [Fact]
    public async Task A_manager_invites_by_a_link_shown_once_and_can_withdraw_it()
    {
        var centre = await site.AddCentreAsync();
        using var manager = await site.SignedInAsync(Role.CentreManager, centre.Id);
        var form = new Dictionary<string, string> { ["role"] = nameof(Role.Instructor), ["email"] = $"{centre.Slug}@example.org" };
        using var made = await manager.SubmitAsync("/admin/people/invitations", form);
        var link = new Uri((await made.DocumentAsync()).QuerySelector("#shown-once")!.GetAttribute("value")!).AbsolutePath;
        using var again = await manager.SubmitAsync("/admin/people/invitations", form);
        Assert.Equal(1, await site.ReadAsync(db => db.Invitations.CountAsync(i => i.CentreId == centre.Id)));

        using var visitor = site.Visitor();
        using var replaced = await visitor.GetAsync(link);
        Assert.Equal(HttpStatusCode.Gone, replaced.StatusCode);
        using var withdrawn = await manager.SubmitAsync("/admin/people/invitations", action: "Withdraw");
        Assert.Equal(0, await site.ReadAsync(db => db.Invitations.CountAsync(i => i.CentreId == centre.Id)));
    }

    private Task<string> InviteAsync(Guid centre, Role role, string? email = null, DateTime? expires = null) => site.RunAsync(async services =>
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        var db = services.GetRequiredService<LmsDbContext>();
        db.Add(new Invitation { CentreId = centre, Role = role, Email = email, SecretHash = SHA256.HashData(secret), ExpiresAt = expires ?? DateTime.UtcNow.AddDays(1) });
        await db.SaveChangesAsync();
        return $"/account/invitation/{WebEncoders.Base64UrlEncode(secret)}";
    });

    private static Dictionary<string, string> Account() => new()
    {
        ["Input.Name"] = "Ana Lima",
        ["Input.Email"] = $"{Guid.NewGuid():N}@example.org",
        ["Input.Password"] = TestSite.Password,
    };
}
