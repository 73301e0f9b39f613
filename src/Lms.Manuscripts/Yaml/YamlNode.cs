using Lms.Manuscripts.Findings;

namespace Lms.Manuscripts.Yaml;

/// <summary>A value of a YAML document that knows where it stands.</summary>
internal abstract record YamlNode(Place At)
{
    /// <summary>What it is, in an author's words.</summary>
    public string Kind => this switch { YamlMap => "a group of keys", YamlList => "a list", _ => "a single value" };
}

/// <summary>A single value; null when nothing was written.</summary>
internal sealed record YamlScalar(Place At, string? Value) : YamlNode(At);

/// <summary>A list.</summary>
internal sealed record YamlList(Place At, IReadOnlyList<YamlNode> Items) : YamlNode(At);

/// <summary>Keys with values, in the author's order.</summary>
internal sealed record YamlMap(Place At, IReadOnlyList<YamlEntry> Entries) : YamlNode(At)
{
    public YamlNode? this[string key] => Entries.FirstOrDefault(e => e.Key == key)?.Value;
}

/// <summary>A key with its value.</summary>
internal sealed record YamlEntry(string Key, Place At, YamlNode Value);
