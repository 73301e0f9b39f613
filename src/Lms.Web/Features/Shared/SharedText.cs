using System.Globalization;
using System.Resources;

namespace Lms.Web.Features.Shared;

/// <summary>Words that many pages share. The English sentence is the key, so a missing translation shows as English.</summary>
public sealed class SharedText
{
    private static readonly ResourceManager s_words = new(typeof(SharedText));

    /// <summary>The sentence in the language of the present page, for code that has no localizer at hand.</summary>
    public static string Of(string english) => s_words.GetString(english, CultureInfo.CurrentUICulture) ?? english;

    /// <summary>The same with its gaps filled.</summary>
    public static string Of(string english, params object[] values) => string.Format(CultureInfo.InvariantCulture, Of(english), Isolates.Around(values));
}
