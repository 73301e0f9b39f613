using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Lms.Standards.Xapi;

/// <summary>Checks a value; what is wrong is cited under <paramref name="requirement"/>.</summary>
internal delegate void Check(Walk walk, JsonElement value, string? requirement);

/// <summary>One validation on its way through a statement: where it is, and what it has found.</summary>
internal sealed class Walk(XapiVersion version, string root)
{
    private readonly List<(string? Name, int Index)> _path = new(8);
    private List<Violation>? _violations;

    public XapiVersion Version => version;

    public IReadOnlyList<Violation> Violations => _violations ?? (IReadOnlyList<Violation>)[];

    public bool Full => _violations is { Count: >= StatementValidator.MaxViolations };

    public int Depth => _path.Count;

    public void Visit(string name, JsonElement value, Check check, string? requirement)
    {
        _path.Add((name, 0));
        check(this, value, requirement);
        _path.RemoveAt(_path.Count - 1);
    }

    public void Visit(int index, JsonElement value, Check check, string? requirement)
    {
        _path.Add((null, index));
        check(this, value, requirement);
        _path.RemoveAt(_path.Count - 1);
    }

    public void Report(string rule, string? requirement, string message, string cure, string? property = null)
    {
        if (Full) return;
        _violations ??= [];
        _violations.Add(new(PathTo(property), rule, message, cure, requirement));
    }

    /// <summary>True for a value of the kind; otherwise the wrong type is reported.</summary>
    public bool Is(JsonValueKind kind, JsonElement value, string? requirement)
    {
        if (value.ValueKind == kind) return true;
        if (value.ValueKind == JsonValueKind.Null) ReportNull();
        else Report("type", requirement ?? "XAPI-00006", $"{Named(kind)} belongs here, not {Named(value.ValueKind)}.", $"Send {Named(kind)}.");
        return false;
    }

    public void ReportNull() =>
        Report("null", "XAPI-00001", "A null stands where only extensions may have one.", "Leave the property out.");

    public void ReportDuplicate(string property) =>
        Report("duplicate", "XAPI-00021", $"The property “{Cut(property)}” occurs twice in one object.", "Send each property once.", property);

    public static string Cut(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 59), "…");

    private string PathTo(string? property)
    {
        var path = new StringBuilder(root);
        foreach (var (name, index) in _path)
        {
            if (name is null) path.Append(CultureInfo.InvariantCulture, $"[{index}]");
            else Append(path, name);
        }
        if (property is not null) Append(path, property);
        return path.ToString();
    }

    private static void Append(StringBuilder path, string name)
    {
        if (name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) path.Append('.').Append(name);
        else path.Append("['").Append(Cut(name).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)).Append("']");
    }

    private static string Named(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "nothing",
    };
}
