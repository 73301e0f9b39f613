using System.Globalization;
using System.Resources;

namespace Lms.Web.Features.Certificates;

/// <summary>The words of this feature; the English sentence is the key.</summary>
public sealed class CertificatesText
{
    private static readonly ResourceManager s_words = new(typeof(CertificatesText));

    /// <summary>The sentence in the language at hand, for what is drawn and not a page.</summary>
    public static string Of(string english) => s_words.GetString(english, CultureInfo.CurrentUICulture) ?? english;
}
