using System.Globalization;
using System.Resources;

namespace Lms.Web.Features.Certificates;

/// <summary>The words of this feature; the English sentence is the key.</summary>
public sealed class CertificatesText
{
    private static readonly ResourceManager s_words = new(typeof(CertificatesText));

    /// <summary>The sentence in the certificate's own language, whoever reads the page.</summary>
    public static string In(string language, string english) => s_words.GetString(english, CultureInfo.GetCultureInfo(language)) ?? english;
}
