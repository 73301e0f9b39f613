using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lms.Web.Features.Shared;

namespace Lms.Web.Features.Authoring.Export;

/// <summary>
/// The one script and the one style sheet of a package. The script is the files of <c>Runtime</c> in order, with the words that they use, as a
/// classic script: it runs from a disk and in players that serve modules badly.
/// </summary>
public sealed partial class ExportRuntime(ExportWords words)
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Style() => Read("site.css") + Read("package.css");

    internal string Script(ExportedCourse course)
    {
        var parts = string.Concat(PartsOf(course.Format).Select(part => Read($"{part}.js") + "\n"));
        var script = new StringBuilder("(() => {\n'use strict';\n");
        Define("COURSE", new Dictionary<string, string>
        {
            ["title"] = course.Title,
            ["language"] = course.Language,
            ["dir"] = LanguageNames.Direction(course.Language),
            ["ui"] = CultureInfo.CurrentUICulture.Name,
            ["uiDir"] = LanguageNames.Direction(CultureInfo.CurrentUICulture.Name),
            ["decimal"] = CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator == "," ? "," : ".",
        });
        Define("WORDS", KeysIn(parts).ToDictionary(key => key, words.Of));
        Define("ICONS", IconsIn(parts).ToDictionary(name => name, name => Icons.Draw(name)));
        return script.Append(parts).Append("})();\n").ToString();

        void Define(string name, Dictionary<string, string> values) =>
            script.Append(CultureInfo.InvariantCulture, $"const {name} = {JsonSerializer.Serialize(values.OrderBy(v => v.Key, StringComparer.Ordinal).ToDictionary(), s_json)};\n");
    }

    /// <summary>The English sentences that a package's script says.</summary>
    internal static IEnumerable<string> Sentences() => KeysIn(string.Concat(Enum.GetValues<PackageFormat>().SelectMany(PartsOf).Distinct().Select(part => Read($"{part}.js"))));

    private static string[] PartsOf(PackageFormat format)
    {
        string[] platform = format switch
        {
            PackageFormat.Scorm12 => ["scorm", "scorm12"],
            PackageFormat.Scorm2004 => ["scorm", "scorm2004"],
            _ => ["cmi5"],
        };
        return ["words", "answers", "grading", "questions", .. platform, "lesson", "assessment", "start"];
    }

    private static IEnumerable<string> KeysIn(string script) =>
        Call().Matches(script).Select(m => m.Groups["key"].Value).Distinct().Order(StringComparer.Ordinal);

    // An icon may be the name itself, or one of two in a choice.
    private static IEnumerable<string> IconsIn(string script) => Quoted().Matches(script).Select(m => m.Groups["word"].Value).Distinct().Where(Icons.Has);

    private static string Read(string name)
    {
        using var file = typeof(ExportRuntime).Assembly.GetManifestResourceStream($"Export/{name}")!;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex("\\bt\\((?<quote>['\"])(?<key>.+?)\\k<quote>[,)]")]
    private static partial Regex Call();

    [GeneratedRegex("(?:'|ICONS\\.)(?<word>[a-z]+)\\b")]
    private static partial Regex Quoted();
}
