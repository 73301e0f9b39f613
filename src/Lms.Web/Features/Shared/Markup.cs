using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Lms.Web.Features.Shared;

/// <summary>Encoding for markup that is written by hand.</summary>
internal static class Markup
{
    /// <summary>Every script is let through: an Arabic letter as a numeric reference is eight bytes instead of two.</summary>
    public static readonly TextEncoderSettings AllScripts = new(UnicodeRanges.All);

    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(AllScripts);

    public static string Encode(string text) => s_encoder.Encode(text);
}
