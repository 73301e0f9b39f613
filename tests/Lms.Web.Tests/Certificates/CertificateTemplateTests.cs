using System.Text;
using Lms.Web.Features.Certificates;
using Lms.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Certificates;

public sealed class CertificateTemplateTests(TestSite site) : IClassFixture<TestSite>
{
    private const string Whole = """
        <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 297 210">
          <text x="10" y="20" data-width="200">{{holder}}</text><text>{{course}}</text><text>{{serial}}</text><rect id="qr" x="1" y="1" width="30" height="30"/>MORE</svg>
        """;

    [Theory]
    [InlineData("<image href=\"https://example.org/logo.png\" width=\"9\" height=\"9\"/>", "leads out of the file")]
    [InlineData("<image href=\"logo.png\"/>", "leads out of the file")]
    [InlineData("<image xlink:href=\"file:///etc/passwd\"/>", "leads out of the file")]
    [InlineData("<use href=\"other.svg#seal\"/>", "leads out of the file")]
    [InlineData("<image href=\"data:image/svg+xml;base64,PHN2Zy8+\"/>", "leads out of the file")]
    [InlineData("<path fill=\"url(https://example.org/a.svg#x)\"/>", "leads out of the file")]
    [InlineData("<path style=\"fill:url('paint.svg#x')\"/>", "leads out of the file")]
    [InlineData("<path fill=\"u\\72l(x)\"/>", "leads out of the file")]
    [InlineData("<script>alert(1)</script>", "<script> is not allowed")]
    [InlineData("<style>@import 'x.css';</style>", "<style> is not allowed")]
    [InlineData("<foreignObject/>", "<foreignObject> is not allowed")]
    [InlineData("<a href=\"#x\"/>", "<a> is not allowed")]
    [InlineData("<path onclick=\"alert(1)\"/>", "is a script")]
    [InlineData("<g xml:base=\"https://example.org/\"/>", "xml:base is not allowed")]
    [InlineData("<?xml-stylesheet href=\"x.css\"?>", "processing instruction")]
    [InlineData("<text>{{password}}</text>", "{{password}} is not known")]
    [InlineData("<text>", "not well-formed")]
    public void A_template_that_reaches_out_or_runs_is_refused(string more, string reason)
    {
        var (template, refused) = Read(Whole.Replace("MORE", more, StringComparison.Ordinal));

        Assert.Null(template);
        Assert.Contains(reason, refused, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{serial}}", "{{serial}} is missing")]
    [InlineData("id=\"qr\"", "no rect with id=\"qr\"")]
    [InlineData("viewBox=\"0 0 297 210\"", "not an svg element with a viewBox")]
    public void A_template_without_what_makes_it_a_certificate_is_refused(string part, string reason) =>
        Assert.Contains(reason, Read(Whole.Replace(part, "", StringComparison.Ordinal).Replace("MORE", "", StringComparison.Ordinal)).Refused, StringComparison.Ordinal);

    [Fact]
    public void A_document_type_with_entities_is_refused() =>
        Assert.NotNull(Read("<!DOCTYPE svg [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + Whole.Replace("MORE", "&e;", StringComparison.Ordinal)).Refused);

    [Fact]
    public void What_an_editor_adds_for_itself_is_dropped_and_its_styles_become_attributes()
    {
        var (template, refused) = Read(Whole.Replace("MORE",
            "<inkscape:page/><metadata/><path inkscape:label=\"x\" style=\"fill:#ff0000;-inkscape-stroke:none;stroke-width:2\"/><image href=\"data:image/png;base64,iVBORw0KGgo=\"/>", StringComparison.Ordinal));

        Assert.Null(refused);
        var text = template!.Copy().ToString();
        Assert.Contains("fill=\"#ff0000\" stroke-width=\"2\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("style", text, StringComparison.Ordinal);
        Assert.DoesNotContain("inkscape:", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_operators_template_takes_the_place_of_ours_unless_it_is_refused()
    {
        var certificate = await site.CertificateAsync();
        var file = Path.Combine(site.DataFolder, "certificate.svg");
        var templates = site.Services.GetRequiredService<CertificateTemplates>();

        await File.WriteAllTextAsync(file, Whole.Replace("MORE", "<text>Our own</text>", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Contains("Our own", Draw(certificate), StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, Whole.Replace("MORE", "<script/>", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddSeconds(5));
        Assert.Contains("This certifies that", Draw(certificate), StringComparison.Ordinal);
        Assert.Contains("<script> is not allowed", templates.Refused, StringComparison.Ordinal);

        File.Delete(file);
        Assert.Null(templates.Refused);
    }

    [Fact]
    public async Task Text_from_a_designers_program_keeps_its_place_and_type()
    {
        var certificate = await site.CertificateAsync(name: "Ana Lima");
        var file = Path.Combine(site.DataFolder, "certificate.svg");
        await File.WriteAllTextAsync(file, Whole.Replace("MORE",
            "<text style=\"font-size:4px\"><tspan x=\"33\" y=\"44\" style=\"font-size:7px;fill:#123456\">{{holder}}</tspan></text>", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddSeconds(10));

        var drawing = Draw(certificate);
        File.Delete(file);

        Assert.Contains("font-size=\"7\" x=\"33\" y=\"44\" fill=\"#123456\">Ana Lima</text>", drawing, StringComparison.Ordinal);
    }

    private string Draw(Certificate certificate) => site.Services.GetRequiredService<CertificateDrawing>().Draw(certificate);

    private static (CertificateTemplate? Template, string? Refused) Read(string svg) => CertificateTemplate.Read(Encoding.UTF8.GetBytes(svg));
}
