using System.Xml.Linq;

namespace Lms.Standards.Scorm.Manifest;

/// <summary>Reads an activity's objectives and what ADL's extension maps besides. (CAM 5.1.7, 5.1.10)</summary>
internal sealed class ObjectivesReader(ManifestFindings findings)
{
    private static readonly (string Name, ObjectiveParts Part)[] s_plain = [("SatisfiedStatus", ObjectiveParts.Satisfied), ("NormalizedMeasure", ObjectiveParts.Measure)];

    private static readonly (string Name, ObjectiveParts Part)[] s_extended =
    [
        ("RawScore", ObjectiveParts.Raw), ("MinScore", ObjectiveParts.Min), ("MaxScore", ObjectiveParts.Max),
        ("CompletionStatus", ObjectiveParts.Completion), ("ProgressMeasure", ObjectiveParts.Progress),
    ];

    public IReadOnlyList<ObjectiveDefinition> Read(XElement? element, XElement? extension)
    {
        var objectives = new List<ObjectiveDefinition>();
        foreach (var objective in element?.Elements().Where(e => e.Is("primaryObjective") || e.Is("objective")) ?? [])
        {
            var read = ReadObjective(objective);
            if (read is { IsPrimary: false, Identifier: null })
                findings.Error("identifier-missing", objective, "objectiveID", "The objective has no identifier.", "Give it an objectiveID.");
            else if (read.Identifier is not null && objectives.Any(o => o.Identifier == read.Identifier))
                findings.Error("identifier-duplicate", objective, "objectiveID", $"“{ManifestFindings.Cut(read.Identifier)}” names two objectives of the activity.", "Give each an identifier of its own.");
            else if (read.IsPrimary && objectives.Exists(o => o.IsPrimary))
                findings.Error("objective-primary", objective, null, "The activity has two primary objectives.", "Make one of them a plain objective.");
            else objectives.Insert(read.IsPrimary ? 0 : objectives.Count, read);
        }
        foreach (var more in extension?.Children("objective") ?? []) Extend(objectives, more);
        return objectives.Count == 0 ? Array.Empty<ObjectiveDefinition>() : objectives;
    }

    private ObjectiveDefinition ReadObjective(XElement objective) => new()
    {
        Identifier = objective.GetUri("objectiveID"),
        IsPrimary = objective.Is("primaryObjective"),
        SatisfiedByMeasure = findings.Flag(objective, "satisfiedByMeasure", false),
        MinNormalizedMeasure = findings.Number(objective.Child("minNormalizedMeasure"), null, -1, 1) ?? 1,
        Maps = [.. objective.Children("mapInfo").Select(m => ReadMap(m, s_plain)).OfType<ObjectiveMap>()],
    };

    private void Extend(List<ObjectiveDefinition> objectives, XElement more)
    {
        var index = objectives.FindIndex(o => o.Identifier is { } id && id == more.GetUri("objectiveID"));
        if (index < 0)
        {
            findings.Error("reference-dangling", more, "objectiveID", "The activity has no such objective.", "Name one of the activity's own objectives; letter case matters.");
            return;
        }
        var maps = objectives[index].Maps.ToList();
        foreach (var map in more.Children("mapInfo").Select(m => ReadMap(m, s_extended)).OfType<ObjectiveMap>())
        {
            var same = maps.FindIndex(m => m.Target == map.Target);
            if (same < 0) maps.Add(map);
            else maps[same] = maps[same] with { Read = maps[same].Read | map.Read, Write = maps[same].Write | map.Write };
        }
        objectives[index] = objectives[index] with { Maps = maps };
    }

    private ObjectiveMap? ReadMap(XElement map, (string Name, ObjectiveParts Part)[] parts)
    {
        if (map.GetUri("targetObjectiveID") is not { } target)
        {
            findings.Error("value-missing", map, "targetObjectiveID", "The map names no global objective.", "Name the global objective to share with.");
            return null;
        }
        ObjectiveParts read = 0, write = 0;
        foreach (var (name, part) in parts)
        {
            if (findings.Flag(map, "read" + name, true)) read |= part;
            if (findings.Flag(map, "write" + name, false)) write |= part;
        }
        return new ObjectiveMap { Target = target, Read = read, Write = write };
    }
}
