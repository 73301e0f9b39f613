using System.Globalization;
using Lms.Manuscripts.Courses;
using Lms.Manuscripts.Findings;

namespace Lms.Manuscripts.Yaml;

/// <summary>Takes typed values out of a group of keys; what is wrong becomes a finding, and every key is known or a finding.</summary>
internal sealed class YamlFields
{
    private readonly YamlMap _map;
    private readonly Report _report;

    public YamlFields(YamlMap map, Report report, params string[] known)
    {
        (_map, _report) = (map, report);
        foreach (var entry in map.Entries.Where(e => !known.Contains(e.Key)))
            report.Error(entry.At, "key-unknown", $"“{entry.Key}” is not a key here.", Nearest.Suggest(entry.Key, known));
    }

    public Place At => _map.At;

    /// <summary>Where the value of a key stands, or the group when it is missing.</summary>
    public Place Where(string key) => _map[key]?.At ?? _map.At;

    public bool Has(string key) => _map[key] is not (null or YamlScalar { Value: null });

    public string? Text(string key) => Value(key) is { Length: > 0 } text ? text : null;

    public string RequiredText(string key, string suggestion)
    {
        if (!Has(key)) Missing(key, suggestion);
        return Text(key) ?? "";
    }

    public void Missing(string key, string suggestion) =>
        _report.Error(Where(key), "key-missing", $"“{key}” is missing.", suggestion);

    public int? Number(string key, int least, int most)
    {
        if (Value(key) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        _report.Error(Where(key), "number-invalid", $"“{key}” must be a whole number from {least} to {most}, not “{Short(text)}”.", "Write digits only.");
        return null;
    }

    public bool Flag(string key)
    {
        switch (Value(key))
        {
            case null or "false": return false;
            case "true": return true;
            default:
                _report.Error(Where(key), "flag-invalid", $"“{key}” must be true or false.", "Write true or false, without quotes.");
                return false;
        }
    }

    public string? OneOf(string key, params string[] choices)
    {
        if (Text(key) is not { } text || choices.Contains(text)) return Text(key);
        _report.Error(Where(key), "value-unknown", $"“{Short(text)}” is not a value of “{key}”.", Nearest.Suggest(text, choices));
        return null;
    }

    public IEnumerable<YamlScalar> Texts(string key) => Items(key).Select(n => n as YamlScalar ?? NotText(key, n)).Where(n => n is { Value.Length: > 0 })!;

    public IEnumerable<YamlMap> Maps(string key)
    {
        foreach (var item in Items(key))
            if (item is YamlMap map) yield return map;
            else _report.Error(item.At, "value-kind", $"Each entry of “{key}” is a group of keys, not {item.Kind}.", "Write “- key: value” or “- { key: value, … }”.");
    }

    public YamlMap? Map(string key)
    {
        if (!Has(key)) return null;
        if (_map[key] is YamlMap map) return map;
        _report.Error(Where(key), "value-kind", $"“{key}” is a group of keys, not {_map[key]!.Kind}.", "Write its keys below it, indented by two spaces.");
        return null;
    }

    /// <summary>A text in several languages, at least in <paramref name="required"/> when that is not null.</summary>
    public LanguageMap Languages(string key, string? required)
    {
        var texts = new LanguageMap();
        if (!Has(key))
        {
            if (required is not null) Missing(key, $"Write “{key}: {{ {required}: … }}”.");
            return texts;
        }
        if (_map[key] is not YamlMap map)
        {
            _report.Error(Where(key), "value-kind", $"“{key}” is written once a language.", $"Write “{key}: {{ {required ?? "en"}: … }}”.");
            return texts;
        }
        foreach (var entry in map.Entries) Language(key, entry, texts);
        if (required is not null && !texts.ContainsKey(required))
            _report.Error(map.At, "language-missing", $"“{key}” has no text in “{required}”, the course's own language.", $"Add “{required}: …”.");
        return texts;
    }

    private void Language(string key, YamlEntry entry, LanguageMap texts)
    {
        if (!LanguageTag.IsValid(entry.Key))
            _report.Error(entry.At, "language-tag", $"“{Short(entry.Key)}” is not a language tag.", "Write a tag such as en, fr or pt-BR; put quotes round a text that contains a comma.");
        else if (entry.Value is YamlScalar { Value: { Length: > 0 } text }) texts[entry.Key] = text.Trim();
        else _report.Error(entry.Value.At, "value-kind", $"“{key}” in “{entry.Key}” must be a text.", "Write the text behind the colon, in quotes when it contains a colon or a comma.");
    }

    private IEnumerable<YamlNode> Items(string key)
    {
        if (!Has(key)) return [];
        if (_map[key] is YamlList list) return list.Items;
        _report.Error(Where(key), "value-kind", $"“{key}” is a list, not {_map[key]!.Kind}.", $"Write “{key}: [ …, … ]”.");
        return [];
    }

    private string? Value(string key)
    {
        if (!Has(key)) return null;
        return (_map[key] as YamlScalar ?? NotText(key, _map[key]!))?.Value?.Trim();
    }

    private YamlScalar? NotText(string key, YamlNode node)
    {
        _report.Error(node.At, "value-kind", $"“{key}” takes single values, not {node.Kind}.", "Write the value itself; put quotes round a text that contains a colon or a comma.");
        return null;
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
