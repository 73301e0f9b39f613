using System.Net;
using Lms.Web.Features.Certificates;
using Lms.Web.Features.Identity;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Certificates;

public sealed class AdminCertificatesTests(TestSite site) : IClassFixture<TestSite>
{
    [Fact]
    public async Task A_manager_revokes_a_certificate_of_the_centre_with_a_reason()
    {
        var (manager, certificate) = await ManagedAsync();
        using var _ = manager;

        using var reply = await manager.SubmitAsync($"/admin/certificates/{certificate.Id}", new() { ["reason"] = "Answers were copied", ["sure"] = "true" }, "handler=Revoke");

        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        certificate = await ReadAsync(certificate.Id);
        Assert.Equal((CertificateStatus.Revoked, "Answers were copied", manager.PersonId), (certificate.Status, certificate.StatusReason, certificate.StatusBy!.Value));
    }

    [Theory]
    [InlineData("", "true")]
    [InlineData("   ", "true")]
    [InlineData("Copied", "false")]
    public async Task Without_a_reason_and_a_confirmation_nothing_is_revoked(string reason, string sure)
    {
        var (manager, certificate) = await ManagedAsync();
        using var _ = manager;

        using var reply = await manager.SubmitAsync($"/admin/certificates/{certificate.Id}", new() { ["reason"] = reason, ["sure"] = sure }, "handler=Revoke");

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal(CertificateStatus.Active, (await ReadAsync(certificate.Id)).Status);
    }

    [Fact]
    public async Task Issuing_anew_links_old_and_new_and_keeps_the_dates()
    {
        var (manager, certificate) = await ManagedAsync();
        using var _ = manager;

        using var reply = await manager.SubmitAsync($"/admin/certificates/{certificate.Id}", new() { ["holderName"] = "Ana Líma", ["reason"] = "Misspelt" }, "handler=Reissue");

        var newer = await ReadAsync(Guid.Parse(reply.Headers.Location!.ToString().Split('/')[^1]));
        var old = await ReadAsync(certificate.Id);
        Assert.Equal(("Ana Líma", 2, old.Id), (newer.HolderName, newer.Issue, newer.ReplacesId!.Value));
        Assert.Equal((CertificateStatus.Superseded, newer.Id, "Misspelt"), (old.Status, old.ReplacedById!.Value, old.StatusReason));
        Assert.Equal((old.CompletedAt, old.ExpiresAt, old.EvidenceHash), (newer.CompletedAt, newer.ExpiresAt, newer.EvidenceHash));
        Assert.NotEqual(old.Serial, newer.Serial);
    }

    [Fact]
    public async Task A_certificate_revoked_by_mistake_stays_revoked_and_can_be_followed_by_a_new_one()
    {
        var (manager, certificate) = await ManagedAsync();
        using var _ = manager;
        await site.RunAsync(s => s.GetRequiredService<CertificateService>().RevokeAsync(certificate.Id, "Mistaken", manager.PersonId, default));

        using var reply = await manager.SubmitAsync($"/admin/certificates/{certificate.Id}", new() { ["reason"] = "The revocation was a mistake" }, "handler=Reissue");

        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        var old = await ReadAsync(certificate.Id);
        Assert.Equal(CertificateStatus.Revoked, old.Status);
        Assert.Equal(CertificateStatus.Active, (await ReadAsync(old.ReplacedById!.Value)).Status);
    }

    [Fact]
    public async Task Of_ten_who_issue_anew_at_once_one_wins()
    {
        var certificate = await site.CertificateAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() => site.RunAsync(s =>
            s.GetRequiredService<CertificateService>().ReissueAsync(certificate.Id, $"Name {i}", "Misspelt", Guid.NewGuid(), default)))));

        Assert.Equal(1, outcomes.Count(o => o.Change == CertificateChange.Done));
        Assert.Equal(9, outcomes.Count(o => o.Change == CertificateChange.NotInForce));
        Assert.Equal(2, await site.ReadAsync(db => db.Certificates.CountAsync(c => c.EnrolmentId == certificate.EnrolmentId)));
    }

    [Fact]
    public async Task The_manager_of_another_centre_finds_nothing()
    {
        var certificate = await site.CertificateAsync(centre: (await site.AddCentreAsync()).Id);
        using var other = await site.SignedInAsync(Role.CentreManager, (await site.AddCentreAsync()).Id);

        using var page = await other.GetAsync($"/admin/certificates/{certificate.Id}");
        using var view = await other.GetAsync($"/certificates/{certificate.Id}");
        var list = await other.PageAsync($"/admin/certificates?q={certificate.Serial}");

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, view.StatusCode);
        Assert.DoesNotContain(certificate.HolderName, list.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.Learner)]
    [InlineData(Role.Instructor)]
    [InlineData(Role.Auditor)]
    public async Task Only_managers_change_certificates(Role role)
    {
        var centre = await site.AddCentreAsync();
        var certificate = await site.CertificateAsync(centre: centre.Id);
        using var person = await site.SignedInAsync(role, centre.Id);

        using var reply = await person.GetAsync($"/admin/certificates/{certificate.Id}");

        Assert.Contains("/status/403", reply.Headers.Location?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificates_are_found_by_serial_by_the_beginning_of_the_name_and_by_status()
    {
        var (manager, certificate) = await ManagedAsync("Zéphyrine Kouassi");
        using var _ = manager;

        foreach (var query in new[] { $"q={certificate.Serial.ToLowerInvariant()}", "q=Z%C3%A9phy", "q=Z%C3%A9phy&status=Valid", "" })
            Assert.NotNull((await manager.PageAsync($"/admin/certificates?{query}")).QuerySelector($"main a[href='/admin/certificates/{certificate.Id}']"));
        foreach (var query in new[] { "q=phyrine", "q=Z%25", "q=Z%C3%A9phy&status=Revoked", $"q={Serial.New()}" })
            Assert.Null((await manager.PageAsync($"/admin/certificates?{query}")).QuerySelector($"main a[href='/admin/certificates/{certificate.Id}']"));
    }

    private async Task<(Browser Manager, Certificate Certificate)> ManagedAsync(string name = "Ana Lima")
    {
        var centre = await site.AddCentreAsync();
        return (await site.SignedInAsync(Role.CentreManager, centre.Id), await site.CertificateAsync(name: name, centre: centre.Id));
    }

    private Task<Certificate> ReadAsync(Guid id) => site.ReadAsync(db => db.Certificates.AsNoTracking().SingleAsync(c => c.Id == id));
}
