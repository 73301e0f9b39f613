using System.Net;
using System.Text.Json;
using Lms.Web.Features.Certificates;
using Lms.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Certificates;

public sealed class VerifyTests(TestSite site) : IClassFixture<TestSite>
{
    [Fact]
    public async Task A_certificate_in_force_is_shown_as_valid_to_anybody()
    {
        var certificate = await site.CertificateAsync(name: "Amina Diallo", title: "Aseptic work");

        var text = await StatusAsync(certificate.Serial);

        Assert.Contains("This certificate is valid", text, StringComparison.Ordinal);
        Assert.Contains("Amina Diallo", text, StringComparison.Ordinal);
        Assert.Contains("Aseptic work", text, StringComparison.Ordinal);
        Assert.Contains("Training hub", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_certificate_is_shown_as_expired()
    {
        var certificate = await site.CertificateAsync(validMonths: 1, at: DateTime.UtcNow.AddMonths(-2));

        Assert.Contains("This certificate has expired", await StatusAsync(certificate.Serial), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_certificate_is_shown_as_revoked_without_its_reason()
    {
        var certificate = await site.CertificateAsync();
        await site.RunAsync(s => s.GetRequiredService<CertificateService>().RevokeAsync(certificate.Id, "Answers were copied", Guid.NewGuid(), default));

        var text = await StatusAsync(certificate.Serial);

        Assert.Contains("This certificate has been revoked", text, StringComparison.Ordinal);
        Assert.DoesNotContain("copied", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replaced_certificate_leads_to_the_newer_one()
    {
        var certificate = await site.CertificateAsync(name: "Anna Lima");
        var (_, id) = await site.RunAsync(s => s.GetRequiredService<CertificateService>().ReissueAsync(certificate.Id, "Ana Lima", "Misspelt", Guid.NewGuid(), default));
        var newer = await site.ReadAsync(db => db.Certificates.FindAsync(id).AsTask());

        using var visitor = site.Visitor();
        var page = await visitor.PageAsync($"/verify/{certificate.Serial}");

        Assert.Contains("replaced by a newer one", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector($"main a[href='/verify/{newer!.Serial}']"));
        Assert.Contains("This certificate is valid", await StatusAsync(newer.Serial), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_serial_that_was_never_issued_is_not_found()
    {
        using var visitor = site.Visitor();
        using var reply = await visitor.GetAsync($"/verify/{Serial.New()}");

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Contains("There is no certificate with this serial number", await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slip_of_the_finger_is_told_from_a_certificate_that_does_not_exist()
    {
        using var visitor = site.Visitor();
        using var reply = await visitor.GetAsync("/verify/SL-1234-5678-9ABC-DEFGZ");

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Contains("check character does not fit", await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_takes_a_serial_as_people_type_it()
    {
        var certificate = await site.CertificateAsync();
        using var visitor = site.Visitor();

        using var reply = await visitor.GetAsync($"/verify?serial={certificate.Serial[3..].Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()}");

        Assert.Equal($"/verify/{certificate.Serial}", reply.Headers.Location?.ToString());
    }

    [Fact]
    public async Task The_answer_is_neither_cached_nor_indexed()
    {
        var certificate = await site.CertificateAsync();
        using var visitor = site.Visitor();
        using var reply = await visitor.GetAsync($"/verify/{certificate.Serial}");

        Assert.True(reply.Headers.CacheControl?.NoStore);
        Assert.Contains("noindex", reply.Headers.GetValues("X-Robots-Tag").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_gets_the_same_facts_as_JSON_and_nothing_more()
    {
        var certificate = await site.CertificateAsync(name: "Amina Diallo");
        using var visitor = site.Visitor();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/verify/{certificate.Serial}", UriKind.Relative));
        request.Headers.Accept.ParseAdd("application/json");

        using var reply = await visitor.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var json = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;

        Assert.Equal("valid", json.GetProperty("status").GetString());
        Assert.Equal("Amina Diallo", json.GetProperty("holder").GetString());
        Assert.Equal(
            ["completedOn", "course", "courseNumber", "expiresOn", "holder", "issuedOn", "issuer", "minutes", "serial", "status", "statusOn", "supersededBy", "type"],
            json.EnumerateObject().Select(p => p.Name).Order());
    }

    [Fact]
    public async Task A_hostile_name_is_text_and_nothing_else()
    {
        var certificate = await site.CertificateAsync(name: "<script>alert(1)</script>\u202Eevil");
        using var visitor = site.Visitor();
        using var reply = await visitor.GetAsync($"/verify/{certificate.Serial}");
        var html = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;evil", html, StringComparison.Ordinal);
    }

    private async Task<string> StatusAsync(string serial)
    {
        using var visitor = site.Visitor();
        return (await visitor.PageAsync($"/verify/{serial}")).QuerySelector("main")!.TextContent;
    }
}
