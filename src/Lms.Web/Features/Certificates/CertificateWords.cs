using System.Globalization;
using Lms.Web.Features.Shared;
using Lms.Web.Features.Xapi;

namespace Lms.Web.Features.Certificates;

/// <summary>What a template's placeholders stand for, in the certificate's own language.</summary>
internal static class CertificateWords
{
    // Isolates keep a name, a date or an address in its own direction in a line of the other one (UAX #9, 2.4).
    private const char Isolate = '\u2068', LeftToRight = '\u2066', End = '\u2069';

    public static readonly IReadOnlyList<string> Names =
    [
        "heading", "intro", "holder", "statement", "course", "details", "dates", "completed", "issued", "expires",
        "issuer", "signatory", "signatoryTitle", "serial", "verify", "evidence", "note",
    ];

    public static Dictionary<string, string> Of(Certificate certificate, XapiAddresses addresses)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(certificate.Language);
        try
        {
            return Words(certificate, addresses);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static Dictionary<string, string> Words(Certificate certificate, XapiAddresses addresses)
    {
        var competency = certificate.Type == "competency";
        return new Dictionary<string, string>
        {
            ["heading"] = competency ? Say("Certificate of competency") : Say("Certificate of completion"),
            ["intro"] = Say("This certifies that"),
            ["holder"] = PrintedName.Of(certificate.HolderName),
            ["statement"] = competency ? Say("has shown competency in") : Say("has completed the course"),
            ["course"] = PrintedName.Of(certificate.CourseTitle.In(certificate.Language)),
            ["details"] = string.Join(" · ", Details(certificate)),
            ["dates"] = string.Join(" · ", DatesOf(certificate)),
            ["completed"] = Dates.Text(certificate.CompletedAt),
            ["issued"] = Dates.Text(certificate.IssuedAt),
            ["expires"] = certificate.ExpiresAt is { } end ? Dates.Text(end) : "",
            ["issuer"] = PrintedName.Of(certificate.Issuer.Name),
            ["signatory"] = PrintedName.Of(certificate.Issuer.Signatory ?? ""),
            ["signatoryTitle"] = PrintedName.Of(certificate.Issuer.SignatoryTitle ?? ""),
            ["serial"] = certificate.Serial,
            ["verify"] = addresses.Certificate(certificate.Serial),
            ["evidence"] = $"sha256:{certificate.EvidenceHash}",
            ["note"] = Say("It shows what was learnt. Only an employer authorises somebody to do a job."),
        };
    }

    private static IEnumerable<string> Details(Certificate certificate)
    {
        yield return Say("Version {0}", certificate.CourseNumber, LeftToRight);
        if (certificate.Minutes > 0) yield return Say("{0} of study", Durations.Text(certificate.Minutes), Isolate);
        if (certificate.Score is { } score) yield return Say("Score {0}", Numbers.PercentText(score), LeftToRight);
    }

    private static IEnumerable<string> DatesOf(Certificate certificate)
    {
        yield return Say("Completed {0}", Dates.Text(certificate.CompletedAt), LeftToRight);
        yield return Say("Issued {0}", Dates.Text(certificate.IssuedAt), LeftToRight);
        if (certificate.ExpiresAt is { } end) yield return Say("Valid until {0}", Dates.Text(end), LeftToRight);
    }

    /// <summary>A date that stays as it is in a sentence that runs from the right.</summary>
    public static string Dated(DateTime at) => $"{LeftToRight}{Dates.Text(at)}{End}";

    private static string Say(string english) => CertificatesText.Of(english);

    private static string Say(string english, string value, char direction) =>
        string.Format(CultureInfo.InvariantCulture, CertificatesText.Of(english), $"{direction}{value}{End}");
}
