using System.Diagnostics;
using System.Net;
using System.Xml.Linq;
using Lms.Web.Features.Certificates;
using Lms.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Certificates;

public sealed class CertificateFormsTests(TestSite site) : IClassFixture<TestSite>
{
    [Fact]
    public async Task The_page_holds_the_drawing_itself_and_needs_nothing_else()
    {
        var (holder, certificate) = await HolderAsync("Amina Diallo");
        using var _ = holder;

        var page = await holder.PageAsync($"/certificates/{certificate.Id}");

        var svg = page.QuerySelector(".sheet > svg")!;
        Assert.Contains("Amina Diallo", svg.TextContent, StringComparison.Ordinal);
        Assert.Contains(certificate.Serial, svg.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", svg.OuterHtml, StringComparison.Ordinal);
        Assert.Empty(svg.QuerySelectorAll("[style], style, script, image[href^=http]"));
    }

    [Theory]
    [InlineData("<script>alert(1)</script> & \"Ana\" 'Lima'", "<script>alert(1)</script> & \"Ana\" 'Lima'")]
    [InlineData("{{serial}} {{issuer}}", "{{serial}} {{issuer}}")]
    [InlineData("Ana\u202EamiL\u2066", "AnaamiL")]
    [InlineData("A\u0000n\u0007a", "Ana")]
    public async Task A_hostile_name_is_drawn_as_text(string name, string printed)
    {
        var certificate = await site.CertificateAsync(name: name);

        var drawing = XDocument.Parse(Draw(certificate));

        Assert.Contains(drawing.Descendants(), e => e.Name.LocalName == "text" && e.Value == printed);
        Assert.DoesNotContain(drawing.Descendants(), e => e.Name.LocalName == "script");
    }

    [Theory]
    [InlineData("Wolfeschlegelsteinhausenbergerdorff")]
    [InlineData("Maximiliana Konstantinopolina von und zu der Langenburg-Schwarzenfels und Hohenstein, Edle zu Weidenbach und Freifrau von Altenstadt, geborene Gräfin Oberhausen-Niederwald und Herrin auf Buchenrode")]
    [InlineData("王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王")]
    public async Task A_long_name_stays_on_the_page(string name)
    {
        var certificate = await site.CertificateAsync(name: name);

        var text = XDocument.Parse(Draw(certificate)).Descendants().Single(e => e.Name.LocalName == "text" && e.Value.Replace(" ", "", StringComparison.Ordinal) == name.Replace(" ", "", StringComparison.Ordinal));
        var lines = text.HasElements ? text.Elements().Select(e => e.Value).ToList() : [text.Value];

        Assert.InRange(lines.Count, 1, 3);
        Assert.All(lines, line => Assert.InRange(TextFit.WidthOf(line) * (double)text.Attribute("font-size")!, 1, 236.1));
    }

    [Fact]
    public async Task Every_form_shows_the_language_of_the_learner()
    {
        var french = await site.CertificateAsync(language: "fr");
        var arabic = await site.CertificateAsync(language: "ar");

        Assert.Contains("Certificat de fin de formation", Draw(french), StringComparison.Ordinal);
        Assert.Contains("شهادة إتمام", Draw(arabic), StringComparison.Ordinal);
        Assert.Equal("rtl", XDocument.Parse(Draw(arabic)).Root!.Attribute("direction")?.Value);
    }

    [Theory]
    [InlineData("Ana Lima", "Ana Lima")]
    [InlineData("Aïcha N’Diaye-Lefèvre", "Aïcha N’Diaye-Lefèvre")]
    [InlineData("김민서", "김민서")]
    [InlineData("አበበ በቂላ", "አበበ በቂላ")]
    public async Task The_PDF_holds_the_name_as_text(string name, string found)
    {
        var (holder, certificate) = await HolderAsync(name);
        using var _ = holder;
        SkipWithout("rsvg-convert", "pdftotext");

        using var reply = await holder.GetAsync($"/certificates/{certificate.Id}.pdf");
        var pdf = await reply.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal("application/pdf", reply.Content.Headers.ContentType?.MediaType);
        var text = await TextOfAsync(pdf);
        Assert.Contains(found, text, StringComparison.Ordinal);
        Assert.Contains(certificate.Serial, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_certificate_gives_the_same_PDF_after_the_kept_one_is_gone()
    {
        var certificate = await site.CertificateAsync();
        SkipWithout("rsvg-convert");
        var pdf = site.Services.GetRequiredService<CertificateConverter>();

        var first = await pdf.PdfAsync(Draw(certificate), certificate.IssuedAt, TestContext.Current.CancellationToken);
        Directory.Delete(Path.Combine(site.DataFolder, "cache"), recursive: true);
        var second = await pdf.PdfAsync(Draw(certificate), certificate.IssuedAt, TestContext.Current.CancellationToken);

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task A_PDF_that_can_not_be_kept_is_given_all_the_same()
    {
        SkipWithout("rsvg-convert");
        var cache = Path.Combine(site.DataFolder, "cache");
        if (Directory.Exists(cache)) Directory.Delete(cache, recursive: true);
        await File.WriteAllTextAsync(cache, "No folder can be made here.", TestContext.Current.CancellationToken);
        try
        {
            var (holder, certificate) = await HolderAsync("Ana Lima");
            using var _ = holder;
            using var reply = await holder.GetAsync($"/certificates/{certificate.Id}.pdf");
            Assert.Equal("application/pdf", reply.Content.Headers.ContentType?.MediaType);
        }
        finally
        {
            File.Delete(cache);
        }
    }

    [Fact]
    public async Task A_drawing_that_names_a_file_gets_nothing_of_it_into_the_PDF()
    {
        SkipWithout("rsvg-convert", "pdftotext");
        var secret = Path.Combine(site.DataFolder, "secret.svg");
        await File.WriteAllTextAsync(secret, "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='20'><text y='15'>SECRET</text></svg>", TestContext.Current.CancellationToken);
        var hostile = $"<svg xmlns='http://www.w3.org/2000/svg' width='200' height='200'><text y='90'>open</text><image href='file://{secret}' width='90' height='20'/></svg>";

        var pdf = await site.Services.GetRequiredService<CertificateConverter>().PdfAsync(hostile, DateTime.UtcNow, TestContext.Current.CancellationToken);

        var text = await TextOfAsync(pdf!);
        Assert.Contains("open", text, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_certificate_does_not_exist()
    {
        var certificate = await site.CertificateAsync();
        using var other = await site.SignedInAsync();

        foreach (var path in new[] { "", ".svg", ".pdf", "/badge" })
        {
            using var reply = await other.GetAsync($"/certificates/{certificate.Id}{path}");
            Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        }
    }

    [Fact]
    public async Task Without_signing_in_nothing_but_verifying_is_open()
    {
        var certificate = await site.CertificateAsync();
        using var visitor = site.Visitor();

        foreach (var path in new[] { "/certificates", $"/certificates/{certificate.Id}", $"/certificates/{certificate.Id}.svg", $"/certificates/{certificate.Id}.pdf", $"/certificates/{certificate.Id}/badge", "/admin/certificates", $"/admin/certificates/{certificate.Id}" })
        {
            using var reply = await visitor.GetAsync(path);
            Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
            Assert.Contains("/account/sign-in", reply.Headers.Location!.ToString(), StringComparison.Ordinal);
        }
        using var api = await visitor.GetAsync("/api/v1/certificates");
        Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);
    }

    [Fact]
    public async Task The_way_from_a_completed_course_leads_to_its_certificate_when_there_is_one()
    {
        var (holder, certificate) = await HolderAsync("Ana Lima");
        using var _ = holder;
        using var reply = await holder.GetAsync($"/certificates/of/{certificate.EnrolmentId}");
        Assert.Equal($"/certificates/{certificate.Id}", reply.Headers.Location?.ToString());

        var list = await holder.PageAsync("/certificates");
        Assert.NotNull(list.QuerySelector($"main a[href='/certificates/{certificate.Id}']"));

        var version = await site.PublishAsync($"course-{Guid.NewGuid():N}", new(1, 0), new("completion", null));
        var learner = await site.ReadAsync(db => db.Users.FindAsync(holder.PersonId).AsTask());
        var waiting = await holder.PageAsync($"/certificates/of/{await site.CompleteAsync(learner!, version, tell: false)}");
        Assert.Contains("being issued", waiting.Body!.TextContent, StringComparison.Ordinal);
    }

    private async Task<(Browser Holder, Certificate Certificate)> HolderAsync(string name)
    {
        var holder = await site.SignedInAsync(name: name);
        var person = await site.ReadAsync(db => db.Users.FindAsync(holder.PersonId).AsTask());
        return (holder, await site.CertificateAsync(learner: person));
    }

    private string Draw(Certificate certificate) => site.Services.GetRequiredService<CertificateDrawing>().Draw(certificate);

    private static void SkipWithout(params string[] programs)
    {
        foreach (var program in programs)
            Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, program))), $"{program} is not installed");
    }

    private static async Task<string> TextOfAsync(byte[] pdf)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, pdf);
        using var process = Process.Start(new ProcessStartInfo("pdftotext", [file, "-"]) { RedirectStandardOutput = true })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        File.Delete(file);
        return text;
    }
}
