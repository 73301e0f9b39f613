using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Shared;

/// <summary>
/// Keeps a value in its own direction in a sentence that runs from the right (UAX #9, 2.4): without it "137 kB" reads "kB 137", and
/// 2026-11-25 reads 25-11-2026.
/// </summary>
internal static class Isolates
{
    private const char FirstStrong = '\u2068', End = '\u2069';

    public static string Around(string text) => CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft ? $"{FirstStrong}{text}{End}" : text;

    public static object[] Around(object[] values) => [.. values.Select(v => Around(Convert.ToString(v, CultureInfo.InvariantCulture) ?? ""))];
}

/// <summary>The texts of a feature, with what fills their gaps isolated.</summary>
internal sealed class IsolatingLocalizer<T>(IStringLocalizerFactory factory) : IStringLocalizer<T>
{
    private readonly IStringLocalizer _texts = factory.Create(typeof(T));

    public LocalizedString this[string name] => _texts[name];

    public LocalizedString this[string name, params object[] arguments] => _texts[name, Isolates.Around(arguments)];

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => _texts.GetAllStrings(includeParentCultures);
}
