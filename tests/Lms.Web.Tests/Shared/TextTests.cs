using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Lms.Web.Tests.Shared;

/// <summary>Every string that a page asks for is there in every language of the interface.</summary>
public sealed partial class TextTests
{
    public static TheoryData<string, string> FeaturesAndLanguages()
    {
        var data = new TheoryData<string, string>();
        foreach (var feature in Directory.EnumerateDirectories(Features()).Where(f => Keys(f).Count > 0))
            foreach (var language in new[] { "fr", "ar" }) data.Add(Path.GetFileName(feature), language);
        return data;
    }

    [Theory]
    [MemberData(nameof(FeaturesAndLanguages))]
    public void Every_text_of_a_feature_is_translated(string feature, string language)
    {
        var folder = Path.Combine(Features(), feature);
        var translated = Translations(folder, $"{feature}Text", language);
        var shared = Translations(Path.Combine(Features(), "Shared"), "SharedText", language);
        var missing = Keys(folder).Where(key => !translated.ContainsKey(key) && !shared.ContainsKey(key)).Order().ToList();
        Assert.True(missing.Count == 0, $"{feature} lacks in {language}:\n{string.Join('\n', missing)}");
    }

    [Theory]
    [MemberData(nameof(FeaturesAndLanguages))]
    public void A_translation_has_the_placeholders_of_its_key(string feature, string language)
    {
        var wrong = Translations(Path.Combine(Features(), feature), $"{feature}Text", language)
            .Where(t => !Placeholders(t.Key).SetEquals(Placeholders(t.Value)) || string.IsNullOrWhiteSpace(t.Value))
            .Select(t => t.Key).ToList();
        Assert.Empty(wrong);
    }

    private static HashSet<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(m => m.Value)];

    private static HashSet<string> Keys(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.cs*", SearchOption.AllDirectories)
            .SelectMany(file => Key().Matches(File.ReadAllText(file)))
            .Select(m => Regex.Unescape(m.Groups["key"].Value))];

    private static Dictionary<string, string> Translations(string folder, string name, string language)
    {
        var file = Path.Combine(folder, $"{name}.{language}.resx");
        return !File.Exists(file) ? [] : XDocument.Load(file).Root!.Elements("data")
            .ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value);
    }

    private static string Features([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/Lms.Web/Features"));

    // @T["…"], text["…"], S["…"], SharedText.Of("…")
    [GeneratedRegex("""(?:\b(?:T|S|text|localizer)\[|SharedText\.Of\()"(?<key>(?:[^"\\]|\\.)+)"[\],)]""")]
    private static partial Regex Key();

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Placeholder();
}
