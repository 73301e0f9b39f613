using System.Globalization;
using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Features.Xapi.Protocol;
using Lms.Web.Features.Xapi.Statements;

namespace Lms.Web.Features.Xapi.Export;

/// <summary>A statement on its way into a table.</summary>
/// <param name="Sequence">When it was stored.</param>
/// <param name="Json">The statement.</param>
/// <param name="Prefer">The languages in which names are given.</param>
internal readonly record struct TableRow(long Sequence, JsonElement Json, LanguagePreference Prefer);

/// <summary>One column of a table of statements.</summary>
/// <param name="Name">Its name in <c>columns=</c> and in the header.</param>
/// <param name="Type"><c>string</c>, <c>double</c>, <c>bool</c> or <c>DateTime</c>.</param>
/// <param name="Read">Its value; null where the statement says nothing of it.</param>
internal sealed record StatementColumn(string Name, Type Type, Func<TableRow, object?> Read);

/// <summary>The columns that a table of statements may have.</summary>
internal static class StatementColumns
{
    public static readonly IReadOnlyList<StatementColumn> All =
    [
        new("id", typeof(string), r => Text(r.Json, "id")),
        new("stored", typeof(DateTime), r => new DateTime(r.Sequence, DateTimeKind.Utc)),
        new("timestamp", typeof(DateTime), r => Time(r)),
        new("actor.name", typeof(string), r => Text(r.Json, "actor", "name")),
        new("actor.id", typeof(string), r => AgentKey.Of(r.Json.GetProperty("actor"u8))),
        new("verb.id", typeof(string), r => Text(r.Json, "verb", "id")),
        new("verb.display", typeof(string), r => InLanguage(r, "verb", "display")),
        new("object.type", typeof(string), r => Text(r.Json, "object", "objectType") ?? "Activity"),
        new("object.id", typeof(string), r => ObjectId(r.Json.GetProperty("object"u8))),
        new("object.name", typeof(string), r => InLanguage(r, "object", "definition", "name") ?? Text(r.Json, "object", "name")),
        new("object.definition.type", typeof(string), r => Text(r.Json, "object", "definition", "type")),
        new("result.success", typeof(bool), r => Truth(r.Json, "result", "success")),
        new("result.completion", typeof(bool), r => Truth(r.Json, "result", "completion")),
        new("result.score.scaled", typeof(double), r => Number(r.Json, "result", "score", "scaled")),
        new("result.score.raw", typeof(double), r => Number(r.Json, "result", "score", "raw")),
        new("result.score.min", typeof(double), r => Number(r.Json, "result", "score", "min")),
        new("result.score.max", typeof(double), r => Number(r.Json, "result", "score", "max")),
        new("result.response", typeof(string), r => Text(r.Json, "result", "response")),
        new("result.duration", typeof(string), r => Text(r.Json, "result", "duration")),
        new("registration", typeof(string), r => Text(r.Json, "context", "registration")),
        new("revision", typeof(string), r => Text(r.Json, "context", "revision")),
        new("platform", typeof(string), r => Text(r.Json, "context", "platform")),
        new("language", typeof(string), r => Text(r.Json, "context", "language")),
        new("authority", typeof(string), r => r.Json.TryGetProperty("authority"u8, out var authority) ? AgentKey.Of(authority) : null),
        new("version", typeof(string), r => Text(r.Json, "version")),
    ];

    /// <summary>The columns of these names, separated by commas, in that order; all of them when nothing is asked for.</summary>
    public static IReadOnlyList<StatementColumn> Parse(string? names)
    {
        if (names is null) return All;
        var chosen = new List<StatementColumn>();
        foreach (var name in names.Split(',', StringSplitOptions.TrimEntries))
        {
            var column = All.FirstOrDefault(c => c.Name == name)
                ?? throw new XapiException("columns", $"There is no column “{XapiProblem.Cut(name)}”.", $"Choose from {string.Join(", ", All.Select(c => c.Name))}.");
            if (chosen.Contains(column)) throw new XapiException("columns", $"The column “{name}” is named twice.", "Name each column once.");
            chosen.Add(column);
        }
        return chosen;
    }

    /// <summary>The cells of one statement.</summary>
    public static object?[] Cells(IReadOnlyList<StatementColumn> columns, StatementRecord record, LanguagePreference prefer)
    {
        using var json = JsonDocument.Parse(record.Json);
        var row = new TableRow(record.Sequence, json.RootElement, prefer);
        return [.. columns.Select(c => c.Read(row))];
    }

    private static DateTime Time(TableRow row) =>
        Text(row.Json, "timestamp") is { } text && XapiTimestamp.TryParseIso8601(text, out var time) ? time.UtcDateTime : new DateTime(row.Sequence, DateTimeKind.Utc);

    private static string? ObjectId(JsonElement target) => Text(target, "objectType") is "Agent" or "Group" ? AgentKey.Of(target) : Text(target, "id");

    private static string? InLanguage(TableRow row, params ReadOnlySpan<string> path)
    {
        if (At(row.Json, path) is not { ValueKind: JsonValueKind.Object } map) return null;
        var tags = map.EnumerateObject().Select(p => p.Name).ToList();
        return tags.Count == 0 ? null : map.GetProperty(row.Prefer.Choose(tags)).GetString();
    }

    private static string? Text(JsonElement from, params ReadOnlySpan<string> path) => At(from, path) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    private static bool? Truth(JsonElement from, params ReadOnlySpan<string> path) =>
        At(from, path) is { ValueKind: JsonValueKind.True or JsonValueKind.False } found ? found.GetBoolean() : null;

    private static double? Number(JsonElement from, params ReadOnlySpan<string> path) => At(from, path) is { ValueKind: JsonValueKind.Number } found ? found.GetDouble() : null;

    private static JsonElement? At(JsonElement from, ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            if (from.ValueKind != JsonValueKind.Object || !from.TryGetProperty(name, out from)) return null;
        return from;
    }

    /// <summary>A cell as text.</summary>
    public static string TextOf(object? cell) => cell switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(cell)),
    };
}
