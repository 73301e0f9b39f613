using System.Net;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Network;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Identity;

/// <summary>The manager of one centre reaches nothing of another.</summary>
public sealed class TenancyTests(TestSite site) : IClassFixture<TestSite>
{
    [Theory]
    [InlineData("Deactivate")]
    [InlineData("Reactivate")]
    [InlineData("Unlock")]
    [InlineData("ResetLink")]
    [InlineData("TwoFactor")]
    [InlineData("Move")]
    [InlineData("Grant")]
    [InlineData("Revoke")]
    public async Task A_manager_changes_nobody_of_another_centre(string handler)
    {
        var (manager, own, other) = await TwoCentresAsync();
        using var _ = manager;
        var theirs = await site.AddPersonAsync(Role.Instructor, other.Id);
        var role = await site.ReadAsync(db => db.RoleAssignments.SingleAsync(r => r.PersonId == theirs.Id));

        using var reply = await manager.PostAsync($"/admin/people/{theirs.Id}?handler={handler}", await manager.FieldsAsync("/admin/people/invitations",
            ("centre", own.Id), ("role", Role.Instructor), ("assignment", role.Id), ("reason", "because")));

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        var after = await site.ReadAsync(db => db.Users.SingleAsync(p => p.Id == theirs.Id));
        Assert.Equal((theirs.SecurityStamp, theirs.ConcurrencyStamp, other.Id), (after.SecurityStamp, after.ConcurrencyStamp, after.CentreId));
        Assert.Equal(role.Id, await site.ReadAsync(db => db.RoleAssignments.Where(r => r.PersonId == theirs.Id).Select(r => r.Id).SingleAsync()));
    }

    [Fact]
    public async Task A_manager_sees_nobody_of_another_centre()
    {
        var (manager, own, other) = await TwoCentresAsync();
        using var _ = manager;
        var ours = await site.AddPersonAsync(Role.Learner, own.Id, "Zhara Own");
        var theirs = await site.AddPersonAsync(Role.Learner, other.Id, "Zhara Other");

        foreach (var path in new[] { "/admin/people?q=zhara", $"/admin/people?q={theirs.Email}", "/admin/people", "/admin/centres", "/admin/people/invitations" })
        {
            var page = (await manager.PageAsync(path)).Body!.TextContent;
            Assert.DoesNotContain(theirs.Email!, page.Replace($"value=\"{theirs.Email}\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain(other.Name, page, StringComparison.Ordinal);
        }
        Assert.Contains(ours.Email!, (await manager.PageAsync("/admin/people?q=ZHARA")).Body!.TextContent, StringComparison.Ordinal);
        using var person = await manager.GetAsync($"/admin/people/{theirs.Id}");
        using var centre = await manager.GetAsync($"/admin/centres/{other.Slug}");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (person.StatusCode, centre.StatusCode));
    }

    [Fact]
    public async Task A_manager_can_neither_invite_to_another_centre_nor_withdraw_its_invitations_nor_edit_or_close_it()
    {
        var (manager, _, other) = await TwoCentresAsync();
        using var __ = manager;
        var open = await site.RunAsync(async s =>
        {
            var db = s.GetRequiredService<LmsDbContext>();
            var invitation = new Invitation { CentreId = other.Id, Role = Role.Learner, SecretHash = Guid.NewGuid().ToByteArray(), ExpiresAt = DateTime.UtcNow.AddDays(1) };
            db.Add(invitation);
            await db.SaveChangesAsync();
            return invitation;
        });
        var form = await manager.FieldsAsync("/admin/people/invitations", ("centre", other.Id), ("role", Role.Learner), ("id", open.Id), ("Input.Name", "Taken over"), ("closed", true));

        using var invite = await manager.PostAsync("/admin/people/invitations", form);
        using var withdraw = await manager.PostAsync($"/admin/people/invitations?handler=Withdraw&id={open.Id}", form);
        using var edit = await manager.PostAsync($"/admin/centres/{other.Slug}", form);
        using var close = await manager.PostAsync($"/admin/centres/{other.Slug}?handler=Close", form);

        Assert.True(IsForbidden(invite) && IsForbidden(close), $"{invite.StatusCode} {close.StatusCode}");
        Assert.Equal(HttpStatusCode.NotFound, edit.StatusCode);
        Assert.Equal(open.Id, await site.ReadAsync(db => db.Invitations.Where(i => i.CentreId == other.Id).Select(i => i.Id).SingleAsync()));
        var after = await site.ReadAsync(db => db.Centres.SingleAsync(c => c.Id == other.Id));
        Assert.Equal((other.Name, false), (after.Name, after.Closed));
    }

    [Fact]
    public async Task A_manager_can_neither_take_over_nor_demote_somebody_who_outranks_them()
    {
        var (manager, own, _) = await TwoCentresAsync();
        using var __ = manager;
        var hub = await site.ReadAsync(db => db.Centres.FirstAsync(c => c.Kind == CentreKind.Hub));
        var chief = await site.AddPersonAsync(Role.Learner, own.Id);
        await site.RunAsync(async s =>
        {
            var db = s.GetRequiredService<LmsDbContext>();
            db.Add(new RoleAssignment { PersonId = chief.Id, CentreId = hub.Id, Role = Role.Administrator, GrantedAt = DateTime.UtcNow });
            return await db.SaveChangesAsync();
        });
        var form = await manager.FieldsAsync("/admin/people/invitations", ("reason", "because"), ("centre", own.Id));
        foreach (var handler in new[] { "Deactivate", "ResetLink", "TwoFactor", "Move", "Unlock" })
        {
            using var reply = await manager.PostAsync($"/admin/people/{chief.Id}?handler={handler}", form);
            Assert.True(IsForbidden(reply), $"{handler}: {reply.StatusCode}");
        }
    }

    [Theory]
    [InlineData(Role.Administrator)]
    [InlineData(Role.HubManager)]
    public async Task Nobody_grants_more_than_they_hold(Role role)
    {
        var (manager, own, _) = await TwoCentresAsync();
        using var __ = manager;
        var hub = await site.ReadAsync(db => db.Centres.FirstAsync(c => c.Kind == CentreKind.Hub));
        var ours = await site.AddPersonAsync(Role.Learner, own.Id);
        foreach (var centre in new[] { own.Id, hub.Id })
        {
            using var grant = await manager.PostAsync($"/admin/people/{ours.Id}?handler=Grant", await manager.FieldsAsync("/admin/people/invitations", ("centre", centre), ("role", role)));
            using var invite = await manager.PostAsync("/admin/people/invitations", await manager.FieldsAsync("/admin/people/invitations", ("centre", centre), ("role", role)));
            Assert.True(IsForbidden(grant) && IsForbidden(invite));
        }
        Assert.False(await site.ReadAsync(db => db.RoleAssignments.AnyAsync(r => r.PersonId == ours.Id)));
    }

    private static bool IsForbidden(HttpResponseMessage reply) =>
        reply.StatusCode == HttpStatusCode.Forbidden || reply.Headers.Location?.OriginalString.Contains("/status/403", StringComparison.Ordinal) == true;

    private async Task<(Browser Manager, Centre Own, Centre Other)> TwoCentresAsync()
    {
        var own = await site.AddCentreAsync();
        var other = await site.AddCentreAsync();
        return (await site.SignedInAsync(Role.CentreManager, own.Id), own, other);
    }
}
