using Lms.Standards.Xapi;
using Lms.Web.Features.Xapi.Store;
using System.Text.Json;
using Lms.Manuscripts.Courses;
using Lms.Web.Features.Certificates;
using Lms.Web.Features.Learning;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Certificates;

public sealed class IssueCertificateTests(TestSite site) : IClassFixture<TestSite>
{
    private static readonly CertificatePolicy Yearly = new("completion", 12);

    [Fact]
    public async Task A_completed_course_earns_one_certificate_and_one_statement()
    {
        var certificate = await site.CertificateAsync(name: "Amina Diallo");

        Assert.Equal("Amina Diallo", certificate.HolderName);
        Assert.Equal(1, certificate.Issue);
        Assert.Equal(215, certificate.Minutes);
        Assert.Equal(0.92, certificate.Score);
        Assert.Equal(certificate.CompletedAt.AddMonths(12), certificate.ExpiresAt);
        Assert.Equal(64, certificate.EvidenceHash.Length);
        var statement = await EarnedAsync(certificate.EnrolmentId);
        Assert.Equal($"http://localhost:5080/verify/{certificate.Serial}", statement.GetProperty("object").GetProperty("id").GetString());
        Assert.Contains("/courses/course-", statement.GetProperty("context").GetProperty("contextActivities").GetProperty("parent")[0].GetProperty("id").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twenty_runs_at_once_issue_exactly_one()
    {
        var version = await site.PublishAsync($"course-{Guid.NewGuid():N}", new CourseNumber(1, 0), Yearly);
        var enrolment = await site.CompleteAsync(await site.AddPersonAsync(), version, tell: false);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => RunAsync(enrolment))));
        await RunAsync(enrolment);

        Assert.Equal(1, await site.ReadAsync(db => db.Certificates.CountAsync(c => c.EnrolmentId == enrolment)));
        await EarnedAsync(enrolment);
    }

    [Fact]
    public async Task A_course_without_a_certificate_policy_earns_none()
    {
        var version = await site.PublishAsync($"course-{Guid.NewGuid():N}", new CourseNumber(1, 0), policy: null);
        var enrolment = await site.CompleteAsync(await site.AddPersonAsync(), version);

        await site.RunJobsAsync();

        Assert.False(await site.ReadAsync(db => db.Certificates.AnyAsync(c => c.EnrolmentId == enrolment)));
    }

    [Fact]
    public async Task Completing_a_newer_version_supersedes_and_links_the_older_certificate()
    {
        var slug = $"course-{Guid.NewGuid():N}";
        var learner = await site.AddPersonAsync();
        var first = await site.IssuedAsync(await site.CompleteAsync(learner, await site.PublishAsync(slug, new CourseNumber(1, 0), Yearly)));
        var second = await site.IssuedAsync(await site.CompleteAsync(learner, await site.PublishAsync(slug, new CourseNumber(2, 0), Yearly)));

        first = await site.ReadAsync(db => db.Certificates.SingleAsync(c => c.Id == first.Id));
        Assert.Equal(first.Id, second.ReplacesId);
        Assert.Equal(second.Id, first.ReplacedById);
        Assert.Equal(CertificateStatus.Superseded, first.Status);
    }

    [Fact]
    public async Task Completing_an_older_version_late_leaves_the_newer_certificate_in_force()
    {
        var slug = $"course-{Guid.NewGuid():N}";
        var learner = await site.AddPersonAsync();
        var older = await site.PublishAsync(slug, new CourseNumber(1, 0), Yearly);
        var newer = await site.IssuedAsync(await site.CompleteAsync(learner, await site.PublishAsync(slug, new CourseNumber(2, 0), Yearly)));
        await site.IssuedAsync(await site.CompleteAsync(learner, older));

        newer = await site.ReadAsync(db => db.Certificates.SingleAsync(c => c.Id == newer.Id));
        Assert.Equal(CertificateStatus.Active, newer.Status);
    }

    [Fact]
    public async Task The_centre_of_the_learner_signs_when_it_names_a_signatory()
    {
        var centre = await site.AddCentreAsync("Centre régional de Dakar");
        await site.ReadAsync(db => db.Centres.Where(c => c.Id == centre.Id).ExecuteUpdateAsync(c => c
            .SetProperty(x => x.CertificateIssuer, "Institut de Dakar").SetProperty(x => x.CertificateSignatory, "Dr Fatou Sow")));

        var there = await site.CertificateAsync(centre: centre.Id);
        var elsewhere = await site.CertificateAsync(centre: (await site.AddCentreAsync()).Id);

        Assert.Equal(new CertificateIssuer("Institut de Dakar", "Dr Fatou Sow", null), there.Issuer);
        Assert.Equal("Training hub", elsewhere.Issuer.Name);
    }

    private Task<bool> RunAsync(Guid enrolment) => site.RunAsync(async services =>
    {
        await services.GetRequiredService<IssueCertificate>().RunAsync(new CourseCompleted(enrolment), default);
        return true;
    });

    private async Task<JsonElement> EarnedAsync(Guid enrolment)
    {
        var json = await site.ReadAsync(db => db.StatementsOf(enrolment).Saying(db, Verbs.Earned.Id).Select(s => s.Json).ToListAsync());
        return JsonDocument.Parse(Assert.Single(json)).RootElement;
    }
}
