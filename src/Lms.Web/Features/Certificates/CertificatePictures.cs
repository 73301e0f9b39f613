namespace Lms.Web.Features.Certificates;

/// <summary>A picture of a certificate for other sites.</summary>
public enum CertificatePicture
{
    /// <summary>A square without the holder's name, for a page or a profile of theirs.</summary>
    Badge,
    /// <summary>What is shown with a link to the certificate.</summary>
    Preview,
}

/// <summary>
/// Draws them from the same words as the certificate. They are open to whoever knows the serial, as is the page that verifies it, and only while the
/// certificate stands.
/// </summary>
public sealed class CertificatePictures(CertificateService certificates, CertificateDrawing drawing, CertificateConverter converter)
{
    public const int PreviewWidth = 1200, PreviewHeight = 630, BadgeWidth = 600;

    private static readonly CertificateTemplate s_badge = CertificateTemplates.Own("badge"), s_preview = CertificateTemplates.Own("preview");

    /// <summary>A PNG; null when there is no such certificate in force, or when none can be made here and now.</summary>
    public async Task<byte[]?> DrawAsync(string serial, CertificatePicture picture, CancellationToken ct)
    {
        if (Serial.Parse(serial) is not { } known || await certificates.VerifyAsync(known, ct) is not { Standing: CertificateStanding.Valid, Certificate: var certificate }) return null;
        return await converter.PngAsync(drawing.Draw(certificate, picture == CertificatePicture.Badge ? s_badge : s_preview), certificate.IssuedAt, ct);
    }
}
