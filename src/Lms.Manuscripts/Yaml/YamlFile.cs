using Lms.Manuscripts.Files;
using Lms.Manuscripts.Findings;

namespace Lms.Manuscripts.Yaml;

/// <summary>Whole files of YAML, of the kind they must be.</summary>
internal static class YamlFile
{
    public static YamlMap? Map(ContentFolder content, string path, Report report)
    {
        if (content.ReadText(path, report) is not { } file) return null;
        var node = YamlReader.Read(file, report);
        if (node is null or YamlMap) return (YamlMap?)node;
        report.Error(node.At, "value-kind", $"The file holds {node.Kind} instead of keys with values.", "Write “key: value” lines.");
        return null;
    }

    public static IEnumerable<YamlMap> List(ContentFolder content, string path, Report report)
    {
        if (content.ReadText(path, report) is not { } file || YamlReader.Read(file, report) is not { } node) return [];
        if (node is YamlList { Items: var items } && items.All(i => i is YamlMap)) return items.Cast<YamlMap>();
        var wrong = (node as YamlList)?.Items.First(i => i is not YamlMap) ?? node;
        report.Error(wrong.At, "value-kind", "The file must be a list of groups of keys.", "Begin each entry with “- id: …”.");
        return [];
    }
}
