using System.Buffers.Binary;
using System.Net;
using Lms.Web.Features.Certificates;
using Lms.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Certificates;

/// <summary>What other sites show of a certificate.</summary>
public sealed class CertificatePicturesTests(TestSite site) : IClassFixture<TestSite>
{
    [Theory]
    [InlineData("badge", 600, 600)]
    [InlineData("preview", 1200, 630)]
    public async Task A_certificate_in_force_has_its_pictures_in_the_sizes_that_other_sites_want(string picture, int width, int height)
    {
        SkipWithoutConverter();
        var certificate = await site.CertificateAsync(name: "Amina Diallo", title: "Aseptic work in filling lines and what it asks of people");
        using var visitor = site.Visitor();

        using var reply = await visitor.GetAsync($"/verify/{certificate.Serial}/{picture}.png");

        Assert.Equal((HttpStatusCode.OK, "image/png"), (reply.StatusCode, reply.Content.Headers.ContentType?.MediaType));
        var png = await reply.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal((width, height), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
    }

    [Fact]
    public async Task A_link_to_a_certificate_shows_it_and_one_to_a_revoked_one_does_not()
    {
        SkipWithoutConverter();
        var certificate = await site.CertificateAsync(title: "Aseptic work");
        using var visitor = site.Visitor();

        var page = await visitor.PageAsync($"/verify/{certificate.Serial}");
        Assert.EndsWith($"/verify/{certificate.Serial}/preview.png", page.QuerySelector("meta[property='og:image']")!.GetAttribute("content"), StringComparison.Ordinal);
        Assert.Equal("Aseptic work", page.QuerySelector("meta[property='og:description']")!.GetAttribute("content"));

        await site.RunAsync(s => s.GetRequiredService<CertificateService>().RevokeAsync(certificate.Id, "Answers were copied", Guid.NewGuid(), default));
        page = await visitor.PageAsync($"/verify/{certificate.Serial}");
        Assert.Null(page.QuerySelector("meta[property='og:image']"));
        foreach (var path in new[] { $"/verify/{certificate.Serial}/preview.png", $"/verify/{certificate.Serial}/badge.png", "/verify/SL-7K3Q-M9XV-2TRB-5HD4C/badge.png", "/verify/x/badge.png" })
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(path)).StatusCode);
    }

    private void SkipWithoutConverter() =>
        Assert.SkipUnless(site.Services.GetRequiredService<CertificateConverter>().IsAvailable, "rsvg-convert is not installed.");
}
