using System.Net;
using Lms.Web.Features.Assessment;
using Lms.Web.Features.Certificates;
using Lms.Web.Tests.Learning;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Certificates;

/// <summary>A certificate that expires is renewed by passing the assessment of the same version again.</summary>
public sealed class RenewalTests(LearningSite app) : IClassFixture<LearningSite>
{
    private static TestCourse Course => new()
    {
        Lessons = ["one"],
        Assessment = "pass: 80\nattempts: 2\nblueprint: { one-o1: 1 }",
        Bank = TestCourse.Choices("one-o1", 4),
        Certificate = true,
        ValidMonths = 12,
    };

    [Theory]
    [InlineData(30)]
    [InlineData(-30)]
    public async Task Passing_again_renews_a_certificate_that_expires_soon_or_has_expired(int days)
    {
        using var ana = await app.Site.SignedInAsync();
        var old = await EarnAsync(ana);
        var completed = (await app.EnrolmentAsync(old.EnrolmentId)).CompletedAt;
        await AgeAsync(old, TimeSpan.FromDays(days));
        var renew = $"main a[href='/learn/{old.EnrolmentId}/assessment']";
        foreach (var page in new[] { $"/certificates/{old.Id}", "/certificates", "/learn" }) Assert.NotNull((await ana.PageAsync(page)).QuerySelector(renew));
        Assert.Contains("Renew your certificate", await TextAsync(ana, $"/learn/{old.EnrolmentId}/assessment"), StringComparison.Ordinal);

        var attempt = await PassAsync(ana, old.EnrolmentId);
        var renewed = await app.Site.IssuedAsync(old.EnrolmentId);

        old = await app.Site.ReadAsync(db => db.Certificates.SingleAsync(c => c.Id == old.Id));
        Assert.Equal((2, old.Id, CertificateStatus.Active), (renewed.Issue, renewed.ReplacesId, renewed.Status));
        Assert.Equal((await app.AttemptAsync(attempt)).SubmittedAt!.Value.AddMonths(12), renewed.ExpiresAt);
        Assert.NotEqual(old.EvidenceHash, renewed.EvidenceHash);
        Assert.Equal((CertificateStatus.Superseded, "Renewed", renewed.Id), (old.Status, old.StatusReason, old.ReplacedById));
        Assert.Equal(completed, (await app.EnrolmentAsync(old.EnrolmentId)).CompletedAt);
        Assert.Contains("This certificate is valid", await TextAsync(ana, $"/verify/{renewed.Serial}"), StringComparison.Ordinal);
        Assert.NotNull((await ana.PageAsync($"/verify/{old.Serial}")).QuerySelector($"main a[href='/verify/{renewed.Serial}']"));
        foreach (var page in new[] { $"/certificates/{old.Id}", $"/certificates/{renewed.Id}", "/certificates", "/learn" })
            Assert.Null((await ana.PageAsync(page)).QuerySelector(renew));
        Assert.Null((await ana.PageAsync($"/learn/{old.EnrolmentId}/assessment")).QuerySelector("main form"));
        Assert.Equal(["attempted", "answered", "passed", "completed", "earned"], (await app.VerbsAsync(old.EnrolmentId)).TakeLast(5));
    }

    [Fact]
    public async Task Twenty_runs_at_once_renew_once_for_an_attempt()
    {
        using var ana = await app.Site.SignedInAsync();
        var old = await EarnAsync(ana);
        await AgeAsync(old, TimeSpan.FromDays(10));
        var message = new AssessmentRenewed(old.EnrolmentId, await PassAsync(ana, old.EnrolmentId));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => RunAsync(message))));
        await app.Site.RunJobsAsync();
        await RunAsync(message);

        Assert.Equal([1, 2], await app.Site.ReadAsync(db => db.Certificates.Where(c => c.EnrolmentId == old.EnrolmentId).Select(c => c.Issue).Order().ToListAsync()));
        Assert.Equal(2, (await app.VerbsAsync(old.EnrolmentId)).Count(v => v == "earned"));
    }

    [Fact]
    public async Task A_renewal_has_the_attempts_of_the_policy_and_a_failed_one_leaves_the_certificate()
    {
        using var ana = await app.Site.SignedInAsync();
        var old = await EarnAsync(ana);
        await AgeAsync(old, TimeSpan.FromDays(10));

        for (var number = 2; number <= 3; number++)
        {
            var attempt = await LearningSite.StartAsync(ana, old.EnrolmentId);
            Assert.Equal(number, (await app.AttemptAsync(attempt)).Number);
            using (await LearningSite.SubmitAsync(ana, old.EnrolmentId, attempt)) { }
        }

        Assert.Null((await ana.PageAsync($"/learn/{old.EnrolmentId}/assessment")).QuerySelector("main form"));
        Assert.Contains("no attempt left", await TextAsync(ana, $"/learn/{old.EnrolmentId}/assessment"), StringComparison.Ordinal);
        Assert.Equal((1, CertificateStatus.Active), await NewestAsync(old.EnrolmentId));
    }

    [Fact]
    public async Task A_certificate_that_is_valid_for_long_is_not_renewed()
    {
        using var ana = await app.Site.SignedInAsync();
        var certificate = await EarnAsync(ana);
        await AgeAsync(certificate, TimeSpan.FromDays(61));

        await AssertNoAttemptAsync(ana, certificate);
        Assert.Contains("Days until it expires: 60", await TextAsync(ana, $"/certificates/{certificate.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_certificate_is_not_for_the_learner_to_renew()
    {
        using var ana = await app.Site.SignedInAsync();
        var certificate = await EarnAsync(ana);
        await AgeAsync(certificate, TimeSpan.FromDays(10));
        await RevokeAsync(certificate);

        await AssertNoAttemptAsync(ana, certificate);
    }

    [Fact]
    public async Task A_certificate_revoked_while_its_holder_sits_again_stays_the_last()
    {
        using var ana = await app.Site.SignedInAsync();
        var certificate = await EarnAsync(ana);
        await AgeAsync(certificate, TimeSpan.FromDays(10));
        await LearningSite.StartAsync(ana, certificate.EnrolmentId);
        await RevokeAsync(certificate);

        await PassAsync(ana, certificate.EnrolmentId);
        await app.Site.RunJobsAsync();

        Assert.Equal((1, CertificateStatus.Revoked), await NewestAsync(certificate.EnrolmentId));
    }

    private async Task<Certificate> EarnAsync(Browser learner)
    {
        var enrolment = await LearningSite.EnrolAsync(learner, await app.PublishAsync(Course));
        using (await LearningSite.CompleteAsync(learner, enrolment, "one")) { }
        await PassAsync(learner, enrolment);
        return await app.Site.IssuedAsync(enrolment);
    }

    /// <summary>Starts a sitting, or goes on with the one under way, and passes it.</summary>
    private async Task<Guid> PassAsync(Browser learner, Guid enrolment)
    {
        var attempt = await LearningSite.StartAsync(learner, enrolment);
        using (await app.AnswerAsync(learner, enrolment, attempt, 1, LearningSite.Right)) { }
        using (await LearningSite.SubmitAsync(learner, enrolment, attempt)) { }
        Assert.True((await app.AttemptAsync(attempt)).Passed);
        return attempt;
    }

    /// <summary>Time passes until the certificate has only that long to go.</summary>
    private Task<int> AgeAsync(Certificate certificate, TimeSpan left) => app.Site.ReadAsync(db => db.Certificates.Where(c => c.Id == certificate.Id)
        .ExecuteUpdateAsync(c => c.SetProperty(x => x.ExpiresAt, DateTime.UtcNow + left)));

    private Task<CertificateChange> RevokeAsync(Certificate certificate) => app.Site.RunAsync(services =>
        services.GetRequiredService<CertificateService>().RevokeAsync(certificate.Id, "Answers were copied", Guid.NewGuid(), TestContext.Current.CancellationToken));

    private Task<bool> RunAsync(AssessmentRenewed message) => app.Site.RunAsync(async services =>
    {
        await services.GetRequiredService<RenewCertificate>().RunAsync(message, default);
        return true;
    });

    private async Task<(int Issue, CertificateStatus Status)> NewestAsync(Guid enrolment)
    {
        var newest = await app.Site.IssuedAsync(enrolment);
        return (newest.Issue, newest.Status);
    }

    /// <summary>No page offers a renewal, and a form that is sent all the same starts nothing.</summary>
    private async Task AssertNoAttemptAsync(Browser learner, Certificate certificate)
    {
        var intro = $"/learn/{certificate.EnrolmentId}/assessment";
        foreach (var page in new[] { $"/certificates/{certificate.Id}", "/certificates", "/learn" })
            Assert.Null((await learner.PageAsync(page)).QuerySelector($"main a[href='{intro}']"));
        Assert.Null((await learner.PageAsync(intro)).QuerySelector("main form"));

        // Any form of the person's has the token.
        var other = await LearningSite.EnrolAsync(learner, await app.PublishAsync(Course));
        using var reply = await learner.PostAsync(intro, [await LearningSite.TokenAsync(learner, $"/learn/{other}/one"), new("language", "en")]);

        Assert.Equal((HttpStatusCode.Redirect, intro), (reply.StatusCode, reply.Headers.Location!.ToString()));
        Assert.Equal(1, await app.Site.ReadAsync(db => db.Attempts.CountAsync(a => a.EnrolmentId == certificate.EnrolmentId)));
    }

    private static async Task<string> TextAsync(Browser learner, string path) => (await learner.PageAsync(path)).QuerySelector("main")!.TextContent;
}
