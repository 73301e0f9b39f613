using System.Text.Json;

namespace Lms.Standards.Tests.Scorm.DataModel;

/// <summary>One table of cases for both data models: the browser's is run through it in Chromium.</summary>
public sealed record DataModelCases(
    IReadOnlyList<DataModelCases.Values> Types, IReadOnlyList<DataModelCases.Values> Responses, IReadOnlyList<DataModelCases.Values> Patterns,
    IReadOnlyList<DataModelCases.Sequence> Sequences)
{
    public static DataModelCases Read() =>
        JsonSerializer.Deserialize<DataModelCases>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Scorm", "DataModel", "cases.json")), JsonSerializerOptions.Web)!;

    public sealed record Values(string Type, IReadOnlyList<string> Fits, IReadOnlyList<string> Wrong, IReadOnlyList<string>? Out);

    public sealed record Sequence(
        string Name, string Standard, Dictionary<string, string>? Values, Dictionary<string, int>? Access, IReadOnlyList<JsonElement> Steps);
}
