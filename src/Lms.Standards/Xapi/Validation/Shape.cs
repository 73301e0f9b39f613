using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Lms.Standards.Xapi;

/// <summary>A property that an object may have.</summary>
/// <param name="name">Its name, case and all.</param>
/// <param name="check">What its value must be.</param>
/// <param name="requirement">What a wrong value is cited under.</param>
internal sealed class Property(string name, Check check, string? requirement = null)
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(name);

    public string Name { get; } = name;

    /// <summary>Refuses an object without it.</summary>
    public bool Required { get; init; }

    /// <summary>What its absence is cited under, where that is another requirement.</summary>
    public string? Missing { get => field ?? requirement; init; }

    /// <summary>The first version that knows it.</summary>
    public XapiVersion Since { get; init; }

    /// <summary>Compares with a name as it stands in the text; one with an escape in it is compared the slow way.</summary>
    public bool Is(JsonProperty member, ReadOnlySpan<byte> raw) =>
        raw.SequenceEqual(_utf8) || (raw.Contains((byte)'\\') && member.NameEquals(_utf8));

    public void Visit(Walk walk, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null) walk.Visit(Name, value, (w, _, _) => w.ReportNull(), null);
        else walk.Visit(Name, value, check, requirement);
    }
}

/// <summary>The properties of one kind of object: whatever else is in it is refused.</summary>
/// <param name="noun">The kind, with its article.</param>
/// <param name="properties">What it may have.</param>
internal sealed class Shape(string noun, params Property[] properties)
{
    private readonly bool _hasRequired = properties.Any(p => p.Required);

    /// <summary>Allows an object with nothing in it.</summary>
    public bool MayBeEmpty { get; init; }

    /// <summary>What an object with nothing in it is cited under.</summary>
    public string Empty { get; init; } = "XAPI-00001";

    /// <summary>What a property that is not in the table is cited under.</summary>
    public string Unknown { get; init; } = "XAPI-00010";

    /// <summary>Rules that concern several properties.</summary>
    public Action<Walk, JsonElement>? Then { get; init; }

    public void Check(Walk walk, JsonElement value, string? requirement)
    {
        if (!walk.Is(JsonValueKind.Object, value, requirement)) return;

        var seen = 0u;
        foreach (var member in value.EnumerateObject())
        {
            if (walk.Full) return;
            var index = IndexOf(member, walk.Version);
            if (index < 0) ReportUnknown(walk, member.Name);
            else if ((seen & (1u << index)) != 0) walk.ReportDuplicate(member.Name);
            else properties[index].Visit(walk, member.Value);
            if (index >= 0) seen |= 1u << index;
        }
        if (_hasRequired) ReportMissing(walk, seen);
        else if (seen == 0 && !MayBeEmpty) walk.Report("empty", Empty, $"This is {noun} with nothing in it.", "Leave the property out.");
        Then?.Invoke(walk, value);
    }

    private int IndexOf(JsonProperty member, XapiVersion version)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(member);
        for (var index = 0; index < properties.Length; index++)
        {
            if (properties[index].Is(member, raw)) return properties[index].Since <= version ? index : -1;
        }
        return -1;
    }

    private void ReportMissing(Walk walk, uint seen)
    {
        for (var index = 0; index < properties.Length; index++)
        {
            var property = properties[index];
            if (!property.Required || (seen & (1u << index)) != 0) continue;
            walk.Report("required", property.Missing, $"There is no “{property.Name}”, which {noun} needs.", $"Add “{property.Name}”.", property.Name);
        }
    }

    private void ReportUnknown(Walk walk, string name)
    {
        var meant = properties.FirstOrDefault(p => p.Since <= walk.Version && p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (meant is not null)
            walk.Report("case", "XAPI-00008", $"The property “{name}” is spelt in the wrong case.", $"Write “{meant.Name}”.", name);
        else
            walk.Report("unknown-property", Unknown, $"“{Walk.Cut(name)}” is no property of {noun}.", "Remove it, or move it into extensions.", name);
    }
}
