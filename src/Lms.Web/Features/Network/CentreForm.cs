namespace Lms.Web.Features.Network;

/// <summary>The fields that a new centre and an existing one share.</summary>
public sealed class CentreForm
{
    public string? Name { get; set; }
    public string? Country { get; set; }
    public string? CertificateIssuer { get; set; }
    public string? CertificateSignatory { get; set; }
    public string? CertificateSignatoryTitle { get; set; }
    public string? Slug { get; set; }
    public CentreKind Kind { get; set; } = CentreKind.Regional;

    public CentreDetails Details => new(Name, Country, CertificateIssuer, CertificateSignatory, CertificateSignatoryTitle);

    public static CentreForm Of(Centre centre)
    {
        ArgumentNullException.ThrowIfNull(centre);
        return new CentreForm
        {
            Name = centre.Name,
            Country = centre.Country,
            CertificateIssuer = centre.CertificateIssuer,
            CertificateSignatory = centre.CertificateSignatory,
            CertificateSignatoryTitle = centre.CertificateSignatoryTitle,
        };
    }
}
