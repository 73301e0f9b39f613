using System.Text;
using Lms.Manuscripts;

namespace Lms.Web.Features.Authoring.Export;

/// <summary>Data for the script of a page, within the page.</summary>
internal static class ExportJson
{
    /// <summary>The same value is the same text; it can't end the element that it stands in.</summary>
    public static string Of<T>(T value) => Encoding.UTF8.GetString(Canonical.Json(value)).Replace("<", "\\u003c", StringComparison.Ordinal);
}
